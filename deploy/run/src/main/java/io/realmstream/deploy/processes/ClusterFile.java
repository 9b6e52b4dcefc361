package io.realmstream.deploy.processes;

import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.deploy.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code DIR/cluster.json} says of a cluster. It is written anew with each process that
 * starts, so that none is forgotten, whatever ends the one who starts them.
 *
 * @param bootstrapServers Kafka's address
 * @param dashboard address of Flink's dashboard and REST interface
 * @param submission how the jobs are submitted: options of {@code realm submit}
 */
public record ClusterFile(
    String bootstrapServers,
    String dashboard,
    List<String> submission,
    List<ClusterProcess> processes) {
  private static final String NAME = "cluster.json";

  public ClusterFile {
    submission = List.copyOf(submission);
    processes = List.copyOf(processes);
  }

  /** The cluster of a folder; empty if there is none. */
  public static Optional<ClusterFile> read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    return Files.exists(file)
        ? Optional.of(Json.MAPPER.readValue(file.toFile(), ClusterFile.class))
        : Optional.empty();
  }

  /**
   * Makes sure that a folder has no cluster, whether or not its processes run.
   *
   * @throws StartException in words for the person who wants the folder
   */
  public static void requireNone(Path directory) throws StartException {
    if (Files.exists(directory.resolve(NAME))) {
      throw new StartException(
          directory
              + " has a cluster of processes; stop it with `realm cluster down`, or choose another"
              + " folder");
    }
  }

  /** The file appears at once and complete. */
  void write(Path directory) throws IOException {
    Path partial = directory.resolve(NAME + ".partial");
    Files.writeString(partial, Json.line(this));
    Files.move(partial, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
  }

  static void remove(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(NAME));
  }

  /** The same with one more process, or with another one in the place of that name. */
  ClusterFile with(ClusterProcess process) {
    List<ClusterProcess> all = new ArrayList<>(processes);
    all.replaceAll(old -> old.name().equals(process.name()) ? process : old);
    if (!all.contains(process)) {
      all.add(process);
    }
    return new ClusterFile(bootstrapServers, dashboard, submission, all);
  }

  /** Those of a role. */
  public List<ClusterProcess> of(Role role) {
    return processes.stream().filter(process -> process.role() == role).toList();
  }

  /** Those that run. */
  public List<ClusterProcess> running() {
    return processes.stream().filter(ClusterProcess::runs).toList();
  }
}
