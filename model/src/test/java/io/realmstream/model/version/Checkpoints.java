package io.realmstream.model.version;

import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.Pooling;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.TitleForm;
import org.jspecify.annotations.Nullable;

/** Checkpoints that differ in one part, whose files nobody opens. */
final class Checkpoints {
  private Checkpoints() {}

  /** Each part's digest is made of one digit; no projection = null. */
  record Parts(char trunk, @Nullable Character projection, char queryTrunk, char reader) {
    RetrieverCheckpoint checkpoint(double scale) {
      return new RetrieverCheckpoint(
          "r",
          tower(trunk, projection),
          tower(queryTrunk, null),
          new ReaderPart(part(reader), part('0'), TitleForm.SEGMENT, 64, 32, 256, 30, true),
          scale,
          null,
          null,
          null);
    }
  }

  static RetrieverCheckpoint plain() {
    return new Parts('a', null, 'a', 'a').checkpoint(1);
  }

  private static EncoderTower tower(char trunk, @Nullable Character projection) {
    return new EncoderTower(
        part(trunk),
        part('0'),
        projection == null ? null : part(projection),
        Pooling.MEAN,
        true,
        "",
        TitleForm.TEXT,
        128);
  }

  private static Part part(char digit) {
    return new Part("file:" + digit, String.valueOf(digit).repeat(64));
  }
}
