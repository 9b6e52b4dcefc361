package io.realmstream.deploy.processes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A process of a cluster, as the cluster's file names it.
 *
 * @param name for instance {@code taskmanager-1}
 * @param directory the cluster's folder, absolute; it stands in the process's arguments
 */
public record ClusterProcess(String name, Role role, long pid, String directory) {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  /** Takes the log, and whatever the JVM writes where it stands. */
  public Path folder() {
    return Path.of(directory, "processes", name);
  }

  public Path log() {
    return folder().resolve(role.word() + ".log");
  }

  /** Whether it runs: a process of that id that has the folder in its arguments. */
  public boolean runs() {
    return handle().isPresent();
  }

  /** Asks it to end. */
  void ask() {
    handle().ifPresent(ProcessHandle::destroy);
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() {
    handle().ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Waits until all have ended; those that have not after so long are killed. */
  static void awaitEnd(List<ClusterProcess> processes, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (processes.stream().anyMatch(ClusterProcess::runs)) {
      if (System.nanoTime() > end) {
        processes.forEach(ClusterProcess::kill);
      }
      Thread.sleep(POLL_INTERVAL.toMillis());
    }
  }

  /** A process id is given again, and one that has ended may be kept without its arguments. */
  private Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid)
        .filter(
            process ->
                process
                    .info()
                    .arguments()
                    .map(all -> Arrays.stream(all).anyMatch(one -> one.contains(directory + "/")))
                    .orElse(false));
  }
}
