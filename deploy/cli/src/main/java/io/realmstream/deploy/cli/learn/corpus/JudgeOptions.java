package io.realmstream.deploy.cli.learn.corpus;

import io.realmstream.deploy.cli.versions.CheckpointSource;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Options that choose what is judged, and by which questions. */
@Command // else it is no mixin
public final class JudgeOptions {
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

  /** Files of questions that judge. */
  public List<Path> questions() {
    return questions;
  }

  /** The checkpoint that was named. */
  public RetrieverCheckpoint checkpoint() {
    return CheckpointSource.read(checkpoint);
  }
}
