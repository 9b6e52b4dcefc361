package io.realmstream.deploy.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.bert.BertConversion;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.masked.MaskedReader;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskedReaderFolderTest {
  private static final RetrieverCheckpoint CHECKPOINT = DefaultCheckpoints.minilm();

  private final Path folder;

  MaskedReaderFolderTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve(BertConversion.MODEL), "model");
    Files.writeString(folder.resolve(BertConversion.TOKENIZER), "tokenizer");
  }

  @Test
  void folderIsDescribedByDigestsAndByThePlaceThatItIsMovedTo() throws IOException {
    Path place = folder.resolveSibling("installed");

    MaskedReaderPart part = MaskedReaderFolder.describe(folder, place);

    assertThat(part.model().uri()).isEqualTo(place.resolve("model.onnx").toUri().toString());
    // printf model | sha256sum
    assertThat(part.model().sha256())
        .isEqualTo("9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4");
  }

  @Test
  void checkpointGetsTheReaderOfAFolder() throws IOException {
    MaskedReaderPart part = MaskedReaderFolder.describe(folder, folder);
    MaskedReaderFolder.write(folder, part);

    assertThat(MaskedReaderFolder.addTo(CHECKPOINT, folder)).isEqualTo(CHECKPOINT.with(part));
  }

  @Test
  void folderWithoutAManifestIsNamed() {
    refused(folder + " holds no reader of masks");
  }

  @Test
  void manifestThatIsNoneIsRefused() throws IOException {
    Files.writeString(folder.resolve("masked-reader.json"), "{\"model\": 7");
    refused("is no manifest");
    Files.writeString(folder.resolve("masked-reader.json"), "{}");
    refused("masked-reader.json: ");
    Files.writeString(
        folder.resolve("masked-reader.json"),
        """
        {"model": {"uri": "file:/m", "sha256": "x"}, "tokenizer": {"uri": "file:/t", "sha256": "x"},
         "title": "NONE", "questionTokensMax": 1, "titleTokensMax": 0, "inputTokensMax": 9}
        """);
    refused("sha256");
  }

  @Test
  void fileWithOneByteChangedIsNotOpened() throws IOException {
    MaskedReaderFolder.write(folder, MaskedReaderFolder.describe(folder, folder));
    Files.writeString(folder.resolve(BertConversion.TOKENIZER), "tokeniser");
    MaskedReaderPart part =
        Objects.requireNonNull(MaskedReaderFolder.addTo(CHECKPOINT, folder).maskedReader());
    PartCache cache =
        new PartCache(folder.resolve("cache"), PartOpener.local(getClass().getClassLoader()));

    assertThatThrownBy(() -> MaskedReader.open(part, cache))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll("tokenizer.json", "SHA-256");
  }

  private void refused(String why) {
    assertThatThrownBy(() -> MaskedReaderFolder.addTo(CHECKPOINT, folder))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(why);
  }
}
