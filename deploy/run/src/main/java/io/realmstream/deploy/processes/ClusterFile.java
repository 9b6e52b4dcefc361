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
 * @param dashboards addresses of Flink's dashboard and REST interface, one a JobManager
 * @param submission how the jobs are submitted: options of {@code realm submit}
 */
public record ClusterFile(
    String bootstrapServers,
    List<String> dashboards,
    List<String> submission,
    List<ClusterProcess> processes) {
  private static final String NAME = "cluster.json";

  public ClusterFile {
    dashboards = List.copyOf(dashboards);
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
    return new ClusterFile(bootstrapServers, dashboards, submission, all);
  }

  /** The dashboard of a JobManager that runs, else of the first; empty = there is none. */
  public String dashboard() {
    String found = dashboards.isEmpty() ? "" : dashboards.get(0);
    for (ClusterProcess process : of(Role.JOBMANAGER)) {
      if (process.runs()) {
        return dashboard(process);
      }
    }
    return found;
  }

  /** The dashboard of a JobManager. */
  public String dashboard(ClusterProcess jobManager) {
    return dashboards.get(of(Role.JOBMANAGER).indexOf(jobManager));
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
