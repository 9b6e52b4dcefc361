package io.realmstream.deploy.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opened as jobs open it. */
class TinyCheckpointTest {
  @Test
  void textIsMostLikeItselfInEveryVersion(@TempDir Path directory) throws Exception {
    History history = new History(1);
    DocumentEdit one = history.create().edit();
    DocumentEdit other = history.create().edit();
    try (PlainScores scores = new PlainScores(directory.resolve("cache"))) {
      for (int seed = 0; seed < 2; seed++) {
        RetrieverCheckpoint checkpoint = TinyCheckpoint.write(directory.resolve("models"), seed);
        scores.add(checkpoint);
        String digest = TowerDigest.of(checkpoint.documentTower()).toString();
        IndexVersion version = new IndexVersion(1, digest, digest, "", "");
        // a cosine of 1, times the scale
        assertThat(scores.score(version, one.text(), one)).isCloseTo(20, Offset.offset(1e-4));
        assertThat(scores.score(version, one.text(), other)).isLessThan(19);
      }
    }
  }
}
