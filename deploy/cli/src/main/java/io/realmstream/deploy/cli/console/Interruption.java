package io.realmstream.deploy.cli.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end a command in good order: the process waits, for a while, until the command has
 * ended and its report is printed.
 */
public final class Interruption implements AutoCloseable {
  /** Enough to flush a producer; a person presses Ctrl-C to see it end. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  /** A process runs one command; the report of its end is printed after {@link #close}. */
  private static final CountDownLatch COMMAND_ENDED = new CountDownLatch(1);

  private final Thread hook = new Thread(this::requestAndWait, "interruption");
  private volatile boolean requested;

  private Interruption() {}

  /** From now until {@link #close}, an interrupted process waits for {@link #commandEnded}. */
  public static Interruption watch() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Nothing is left to do or to print: an interrupted process may go. */
  public static void commandEnded() {
    COMMAND_ENDED.countDown();
  }

  /** Whether the task should end now. */
  public boolean requested() {
    return requested;
  }

  @Override
  public void close() {
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException alreadyShuttingDown) {
        // the hook has just started; the end of the command releases it
      }
    }
  }

  private void requestAndWait() {
    requested = true;
    System.err.println("realm: stopping");
    try {
      boolean inTime = COMMAND_ENDED.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime) {
        System.err.println("realm: gave up waiting for an orderly end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
