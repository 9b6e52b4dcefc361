package io.realmstream.deploy.cli.learn.corpus;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.input.DocumentFormat;
import io.realmstream.deploy.cli.input.Inputs;
import io.realmstream.deploy.cli.input.RowFields;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.schemas.version.EncoderTower;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Options that choose documents, and where files are kept. */
@Command // else it is no mixin
public final class CorpusOptions {
  @Option(
      names = "--documents",
      paramLabel = "FILE",
      required = true,
      description = "Documents, as `realm load` takes them; may be given several times.")
  private List<String> documents = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "documents",
      description = "Form of their rows: documents, passages, tsv or wikiextractor.")
  private DocumentFormat format = DocumentFormat.DOCUMENTS;

  @Option(
      names = "--trunks",
      paramLabel = "DIR",
      defaultValue = "trunks",
      description =
          "Folder that keeps trunk outputs, 1.5 KB each, for the next time"
              + " (default: ${DEFAULT-VALUE}).")
  private Path trunks = Path.of("trunks");

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder of verified model files (default: ${DEFAULT-VALUE}).")
  private Path models = Path.of(System.getProperty("java.io.tmpdir"), "realmstream-models");

  /** A tower's encoder. */
  public Encoder open(EncoderTower tower) {
    PartCache cache = new PartCache(models, PartOpener.local(Corpus.class.getClassLoader()));
    try {
      return Encoder.open(tower, cache);
    } catch (CheckpointException e) {
      throw CommandFailure.failed("an encoder cannot be opened: " + e.getMessage());
    }
  }

  /** The documents, split as a knowledge base with that tower would. */
  public Corpus read(EncoderTower tower, Streams streams) throws IOException {
    try (Encoder encoder = open(tower);
        Inputs inputs = Inputs.of(documents, format, RowFields.OF_FORMAT, streams.in())) {
      return Corpus.read(inputs, encoder);
    }
  }

  /** Where a tower's trunk outputs are kept. */
  public Trunks trunks(EncoderTower tower, Streams streams) throws IOException {
    return new Trunks(tower, trunks, streams);
  }
}
