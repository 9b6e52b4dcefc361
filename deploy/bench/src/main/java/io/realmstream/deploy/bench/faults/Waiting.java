package io.realmstream.deploy.bench.faults;

import io.realmstream.deploy.cli.CommandFailure;
import java.io.IOException;
import java.time.Duration;

/** Waits for what must come, longer where there are many documents. */
final class Waiting {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PATIENCE_PER_THOUSAND = Duration.ofSeconds(15);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final Witness witness;
  private final History history;

  /** Something that comes. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException;
  }

  /**
   * @param witness must be alive meanwhile
   */
  Waiting(Witness witness, History history) {
    this.witness = witness;
    this.history = history;
  }

  /** How long it waits for what all documents take part in. */
  Duration patience() {
    return PATIENCE.plus(PATIENCE_PER_THOUSAND.multipliedBy(history.ids().size() / 1000));
  }

  /** Fails if it does not come. */
  void require(Condition condition, String what) throws IOException, InterruptedException {
    if (!await(condition, patience())) {
      throw CommandFailure.timedOut("not within %s: %s".formatted(patience(), what));
    }
  }

  /** Whether it came. */
  boolean await(Condition condition, Duration patience) throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      witness.requireAlive();
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(POLL_INTERVAL.toMillis());
    }
    return true;
  }
}
