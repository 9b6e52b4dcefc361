package io.realmstream.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderTest {
  @ParameterizedTest
  @ValueSource(strings = {"e5", "minilm"})
  void questionIsCloserToItsPassageThanToAnother(String name, @TempDir Path directory)
      throws Exception {
    PartCache cache =
        new PartCache(directory, PartOpener.local(EncoderTest.class.getClassLoader()));
    RetrieverCheckpoint checkpoint = DefaultCheckpoints.named(name);
    try (Encoder passages = Encoder.open(checkpoint.documentTower(), cache);
        Encoder queries = Encoder.open(checkpoint.queryTower(), cache)) {
      float[] rivers =
          passages.embedPassage("Rivers", "The Danube flows into the Black Sea.").vector();
      float[] music =
          passages.embedPassage("Music", "The quartet recorded its last album in 1970.").vector();
      float[] question = queries.embedQuery("Which sea does the Danube reach?").vector();

      assertThat(passages.dimension()).isEqualTo(384);
      assertThat(dot(question, rivers)).isGreaterThan(dot(question, music) + 0.05);
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
