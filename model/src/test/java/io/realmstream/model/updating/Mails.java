package io.realmstream.model.updating;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What is to run on the thread of a test, which runs it when it likes. */
public final class Mails implements Executor {
  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();

  @Override
  public void execute(Runnable mail) {
    waiting.add(mail);
  }

  /** Runs mails, and waits for more, until the condition holds. */
  public void runUntil(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Runnable next = waiting.poll(10, TimeUnit.MINUTES);
      if (next == null) {
        throw new IllegalStateException("nothing comes, and the condition does not hold");
      }
      next.run();
    }
  }

  /** Runs what waits, and what that leads to. */
  public void run() {
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
  }
}
