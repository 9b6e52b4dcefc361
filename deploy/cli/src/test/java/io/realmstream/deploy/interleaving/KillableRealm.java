package io.realmstream.deploy.interleaving;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.RealmProcess;
import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A `realm up` in a process that is killed and started again, on one folder and one port, so that
 * clients find it again by themselves.
 */
final class KillableRealm implements AutoCloseable {
  /** Longer than any outage: a client waits, and does not fail. */
  private static final int PATIENCE_MS = (int) Duration.ofMinutes(10).toMillis();

  private static final int JOBS = 2;

  private final Path directory;
  private final int port;
  private volatile Instant began;
  private RealmProcess process;

  /** Starts on that folder, which is empty, and returns when both jobs run. */
  KillableRealm(Path directory) throws IOException {
    this.directory = directory;
    port = port();
    began = Instant.now();
    process = start("--model=minilm");
    process.awaitReady();
  }

  /** Clients of it that live through an outage. */
  Connection connection() {
    return new Connection(
        Map.of(
            "bootstrap.servers",
            "localhost:" + port,
            "delivery.timeout.ms",
            PATIENCE_MS,
            "max.block.ms",
            PATIENCE_MS,
            "linger.ms",
            0,
            "auto.offset.reset",
            "none"),
        new Topics("realm"));
  }

  /** Since when it lives; {@link Instant#MAX} while it is being killed. */
  Instant began() {
    return began;
  }

  /**
   * Waits until a restart would go on from a checkpoint that knows the version in force. Before, it
   * answers the questions that it reads again with NO_INDEX, until it has read the version log.
   */
  void awaitCheckpoints(Conversation conversation) {
    conversation.await(() -> "a version", () -> conversation.table().active() != null);
    Map<Path, Long> before = checkpoints();
    // one was perhaps under way
    conversation.await(
        () -> "checkpoints since " + before,
        () -> {
          Map<Path, Long> now = checkpoints();
          return before.size() == JOBS
              && before.entrySet().stream()
                  .allMatch(job -> now.getOrDefault(job.getKey(), 0L) >= job.getValue() + 2);
        });
  }

  /** Ends it as {@code kill -9} does, and returns when it is gone. */
  void kill() throws InterruptedException {
    began = Instant.MAX;
    process.kill();
    began = Instant.now();
  }

  /** Starts it again and does not wait. */
  void startAgain() throws IOException {
    process = start();
  }

  /** Waits until both jobs run. */
  void awaitReady() throws IOException {
    process.awaitReady();
  }

  @Override
  public void close() {
    process.close();
  }

  private RealmProcess start(String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("--parallelism=2", "--kafka-port=" + port));
    all.addAll(List.of(options));
    return RealmProcess.start(directory, all.toArray(String[]::new));
  }

  /** The number of each job's newest complete checkpoint. */
  private Map<Path, Long> checkpoints() {
    Map<Path, Long> newest = new HashMap<>();
    for (Path job : list(directory.resolve("checkpoints"))) {
      newest.put(job, 0L);
      for (Path checkpoint : list(job)) {
        String name = checkpoint.getFileName().toString();
        if (name.startsWith("chk-") && Files.exists(checkpoint.resolve("_metadata"))) {
          newest.merge(job, Long.valueOf(name.substring("chk-".length())), Math::max);
        }
      }
    }
    return newest;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A port that no client is given as its own: one that tries to reach a broker which is away can
   * come from the very port that it looks for, meet itself, and keep the broker out. Each process
   * begins with another, because the port is free while the broker is away.
   */
  private static int port() {
    int first = 20_000 + (int) (ProcessHandle.current().pid() % 10_000);
    for (int port = first; port < 32_000; port++) {
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from " + first);
  }

  private static boolean isFree(int port) {
    try {
      return Ports.claim(port, "Kafka") == port;
    } catch (StartException e) {
      return false; // another's
    }
  }
}
