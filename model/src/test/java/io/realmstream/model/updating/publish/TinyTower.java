package io.realmstream.model.updating.publish;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.SharedModels;
import io.realmstream.model.onnx.TinyModels;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Pooling;
import io.realmstream.schemas.version.TitleForm;
import java.nio.file.Path;

/**
 * A tower whose vectors are known by hand: "a" is (1, 0), "c" is (0, 1), and "b", being of length
 * 0, cannot be embedded. It takes six tokens of text, and no title.
 */
public final class TinyTower implements AutoCloseable {
  private static final int A = 1037;
  private static final int C = 1039;

  private static final Hash128 DIGEST = new Hash128(0, 1);

  private final SharedModels<Encoder> models = new SharedModels<>(warning -> {});
  private final EncoderTower tower;
  private final Encoder encoder;

  /** Opens it with files in that directory. */
  public TinyTower(Path directory) throws Exception {
    float[][] rows = new float[TinyModels.VOCABULARY][2];
    rows[A][0] = 1;
    rows[C][1] = 1;
    tower =
        new EncoderTower(
            TestParts.write(directory, "trunk.onnx", TinyModels.trunk(rows)),
            DefaultCheckpoints.e5().documentTower().tokenizer(),
            null,
            Pooling.MEAN,
            true,
            "",
            TitleForm.NONE,
            8);
    encoder = Encoder.open(tower, TestParts.cache(directory.resolve("cache")));
  }

  public EncoderTower tower() {
    return tower;
  }

  public Encoder encoder() {
    return encoder;
  }

  public Encoders.Opened opened() {
    return new Encoders.Opened(tower, encoder);
  }

  /** Leases its encoder, whatever tower is asked for. */
  public SharedModels<Encoder>.Lease lease(EncoderTower any) {
    return models.lease(DIGEST, () -> encoder);
  }

  /** Runs all steps of a work on this thread. */
  public static EmbedWork run(EmbedWork work) {
    boolean last = false;
    while (!last) {
      last = work.run(work.takeStep());
    }
    return work;
  }

  @Override
  public void close() {
    encoder.close();
  }
}
