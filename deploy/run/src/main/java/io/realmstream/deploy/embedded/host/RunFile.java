package io.realmstream.deploy.embedded.host;

import io.realmstream.deploy.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What an embedded run tells of itself in {@code DIR/run.json}, so that commands find it.
 *
 * @param pid its process
 * @param bootstrapServers Kafka address
 * @param dashboard address of Flink's dashboard and REST interface
 */
public record RunFile(long pid, String bootstrapServers, String dashboard) {
  public static final String NAME = "run.json";

  /** The run of a folder; empty when there is none or its file is being written. */
  public static Optional<RunFile> read(Path directory) {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(Json.MAPPER.readValue(file.toFile(), RunFile.class));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Tells commands of this run. The file appears at once and complete. */
  public void write(Path directory) throws IOException {
    Path partial = directory.resolve(NAME + ".partial");
    Files.writeString(partial, Json.line(this));
    Files.move(partial, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Tells commands that there is no run any more. */
  public static void remove(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(NAME));
  }
}
