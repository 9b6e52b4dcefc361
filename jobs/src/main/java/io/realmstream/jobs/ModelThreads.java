package io.realmstream.jobs;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one operator that run models; closed before what they work on is. */
public final class ModelThreads implements Executor, AutoCloseable {
  private static final long CLOSE_TIMEOUT_S = 60;

  private final ThreadPoolExecutor threads;

  /**
   * @param name of the threads, to be found in a thread dump
   */
  public ModelThreads(String name, int count) {
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Tasks that no thread has taken yet. */
  public int waiting() {
    return threads.getQueue().size();
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /** Drops what waits and waits for what runs. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(CLOSE_TIMEOUT_S, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a model still runs after " + CLOSE_TIMEOUT_S + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
