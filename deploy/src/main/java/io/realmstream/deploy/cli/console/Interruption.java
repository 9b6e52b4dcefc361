package io.realmstream.deploy.cli.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end a task in good order: the process waits, for a while, until the task has closed
 * this.
 */
public final class Interruption implements AutoCloseable {
  /** Enough to flush a producer; a person presses Ctrl-C to see it end. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::requestAndWait, "interruption");
  private volatile boolean requested;

  private Interruption() {}

  /** From now until {@link #close}, the end of the process waits for the task. */
  public static Interruption watch() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Whether the task should end now. */
  public boolean requested() {
    return requested;
  }

  @Override
  public void close() {
    finished.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException alreadyShuttingDown) {
        // the hook has just started and finds the latch open
      }
    }
  }

  private void requestAndWait() {
    requested = true;
    if (finished.getCount() > 0) {
      System.err.println("realm: stopping");
    }
    try {
      boolean inTime = finished.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime) {
        System.err.println("realm: gave up waiting for an orderly end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
