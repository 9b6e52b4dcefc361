package io.realmstream.deploy.cli.versions;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A checkpoint as the command line names it: one that ships, or a manifest's file. */
public final class CheckpointSource {
  /** A manifest has a few kilobytes. */
  private static final long MANIFEST_BYTES_MAX = 1 << 20;

  private CheckpointSource() {}

  /** The checkpoint; throws {@link CommandFailure} USAGE with the reason when there is none. */
  public static RetrieverCheckpoint read(String source) {
    if (DefaultCheckpoints.NAMES.contains(source)) {
      return DefaultCheckpoints.named(source);
    }
    Path file = Path.of(source);
    try {
      if (!Files.isRegularFile(file)) {
        throw CommandFailure.usage(
            "%s is neither a file nor one of %s".formatted(source, DefaultCheckpoints.NAMES));
      }
      if (Files.size(file) > MANIFEST_BYTES_MAX) {
        throw CommandFailure.usage(source + " is larger than a manifest can be");
      }
      return Codecs.RETRIEVER_CHECKPOINT.decode(Files.readAllBytes(file));
    } catch (IOException e) {
      throw CommandFailure.usage("cannot read " + source + ": " + e.getMessage());
    } catch (BadRecordException e) {
      throw CommandFailure.usage(source + ": " + e.getMessage());
    }
  }
}
