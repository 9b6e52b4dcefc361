package io.realmstream.deploy.cli.learn.corpus;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.input.DocumentFormat;
import io.realmstream.deploy.cli.input.Inputs;
import io.realmstream.deploy.cli.input.RowFields;
import io.realmstream.deploy.cli.versions.CheckpointSource;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Options that choose documents, questions and encoders. */
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
      names = "--questions",
      paramLabel = "FILE",
      required = true,
      description = "Questions with the ids of their documents, as for `realm evaluate`.")
  private List<Path> questions = new ArrayList<>();

  @Option(
      names = "--checkpoint",
      paramLabel = "CHECKPOINT",
      defaultValue = "e5",
      description = "Whose trunks: e5, minilm, bge or a manifest (default: ${DEFAULT-VALUE}).")
  private String checkpoint = "e5";

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

  /** Files of questions that judge. */
  public List<Path> questions() {
    return questions;
  }

  /** The checkpoint that was named. */
  public RetrieverCheckpoint checkpoint() {
    return CheckpointSource.read(checkpoint);
  }

  /** A tower's encoder. */
  public Encoder open(EncoderTower tower) {
    PartCache cache = new PartCache(models, PartOpener.local(Corpus.class.getClassLoader()));
    try {
      return Encoder.open(tower, cache);
    } catch (CheckpointException e) {
      throw CommandFailure.failed("an encoder cannot be opened: " + e.getMessage());
    }
  }

  /** The documents, split by the encoder. */
  public Corpus read(Encoder encoder, Streams streams) throws IOException {
    try (Inputs inputs = Inputs.of(documents, format, RowFields.OF_FORMAT, streams.in())) {
      return Corpus.read(inputs, encoder);
    }
  }

  /** Where a tower's trunk outputs are kept. */
  public Trunks trunks(EncoderTower tower, Streams streams) throws IOException {
    return new Trunks(tower, trunks, streams);
  }
}
