package io.realmstream.deploy.cli.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and Ctrl-C into an interruption of the thread that runs a command, and keeps the
 * process until that thread has put everything away.
 */
final class StopRequest implements AutoCloseable {
  /** Longer than a last checkpoint and the ends of Flink and Kafka may take together. */
  private static final Duration GRACE = Duration.ofMinutes(4);

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean made;

  private StopRequest() {}

  /** Watches for a request on behalf of the calling thread. */
  static StopRequest watch() {
    StopRequest request = new StopRequest();
    Thread command = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> request.passOnTo(command), "stop-request"));
    return request;
  }

  /** Whether somebody asked the process to end. */
  boolean made() {
    return made;
  }

  /** Lets the process end; the command's last act. */
  @Override
  public void close() {
    finished.countDown();
  }

  private void passOnTo(Thread command) {
    if (finished.getCount() == 0) {
      return;
    }
    made = true;
    command.interrupt();
    try {
      if (!finished.await(GRACE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("realm: did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
