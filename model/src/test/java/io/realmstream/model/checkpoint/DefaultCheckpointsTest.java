package io.realmstream.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultCheckpointsTest {
  private static final ClassLoader CLASSES = DefaultCheckpointsTest.class.getClassLoader();

  @Test
  void everyPartIsOnTheClassPathWithItsDigest(@TempDir Path directory) throws Exception {
    PartCache cache = new PartCache(directory, PartOpener.local(CLASSES));
    for (String name : DefaultCheckpoints.NAMES) {
      RetrieverCheckpoint checkpoint = DefaultCheckpoints.named(name);
      for (Part part :
          List.of(
              checkpoint.documentTower().trunk(),
              checkpoint.documentTower().tokenizer(),
              checkpoint.queryTower().trunk(),
              checkpoint.queryTower().tokenizer(),
              checkpoint.reader().model(),
              checkpoint.reader().tokenizer())) {
        assertThat(cache.fetch(part)).isNotEmptyFile();
      }
    }
  }

  @Test
  void readersSettingsAreThoseOfItsManifest() throws Exception {
    JsonNode manifest;
    try (InputStream in =
        CLASSES.getResourceAsStream("io/realmstream/model/reader-e5-qa/manifest.json")) {
      manifest = new ObjectMapper().readTree(in);
    }
    ReaderPart reader = DefaultCheckpoints.e5().reader();

    assertThat(reader.model().sha256()).isEqualTo(manifest.at("/model/sha256").textValue());
    assertThat(reader.questionTokensMax()).isEqualTo(manifest.get("questionTokensMax").intValue());
    assertThat(reader.titleTokensMax()).isEqualTo(manifest.get("titleTokensMax").intValue());
    assertThat(reader.inputTokensMax()).isEqualTo(manifest.get("inputTokensMax").intValue());
    assertThat(reader.spanTokensMax()).isEqualTo(manifest.get("spanTokensMax").intValue());
  }

  @Test
  void unknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> DefaultCheckpoints.named("e6"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("e6", "e5", "minilm");
  }
}
