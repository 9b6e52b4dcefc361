package io.realmstream.jobs;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one operator that run models; closed before what they work on is. */
public final class ModelThreads implements Executor, AutoCloseable {
  private static final long CLOSE_TIMEOUT_S = 60;

  /** What waits or runs for questions, of all operators in this JVM. */
  private static final AtomicInteger FOR_QUESTIONS = new AtomicInteger();

  private final ThreadPoolExecutor threads;
  private final AtomicInteger tasks;

  /**
   * @param name of the threads, to be found in a thread dump
   */
  public ModelThreads(String name, int count) {
    this(name, count, new AtomicInteger());
  }

  private ModelThreads(String name, int count, AtomicInteger tasks) {
    this.tasks = tasks;
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

  /** Threads at whose tasks somebody waits for an answer. */
  public static ModelThreads forQuestions(String name, int count) {
    return new ModelThreads(name, count, FOR_QUESTIONS);
  }

  /** Whether a question is in the hands of a model now, or waits for it. */
  public static boolean questionsAreAtWork() {
    return FOR_QUESTIONS.get() > 0;
  }

  @Override
  public void execute(Runnable task) {
    tasks.incrementAndGet();
    try {
      threads.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      tasks.decrementAndGet();
      throw e;
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      tasks.decrementAndGet();
    }
  }

  /** Drops what waits and waits for what runs. */
  @Override
  public void close() {
    tasks.addAndGet(-threads.shutdownNow().size());
    try {
      if (!threads.awaitTermination(CLOSE_TIMEOUT_S, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a model still runs after " + CLOSE_TIMEOUT_S + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
