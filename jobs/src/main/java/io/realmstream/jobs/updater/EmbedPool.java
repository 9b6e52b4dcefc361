package io.realmstream.jobs.updater;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The embedding threads of one subtask. They take the documents in turn, a passage at a time: a
 * long document uses all threads and yet holds up no other; and edits before rebuilds.
 */
final class EmbedPool implements AutoCloseable {
  private final ExecutorService threads;
  private final Consumer<EmbedWork> done;
  private final Consumer<Throwable> broken;

  // Guarded by this; together they hold as many steps not taken as the executor has calls of step()
  private final Deque<EmbedWork> edits = new ArrayDeque<>();
  private final Deque<EmbedWork> rebuilds = new ArrayDeque<>();

  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicLong passages = new AtomicLong();

  /**
   * Starts the threads.
   *
   * @param done called on one of them with each work that has no step left
   * @param broken called with whatever else than an unembeddable text kept a step from its end
   */
  EmbedPool(int threads, Consumer<EmbedWork> done, Consumer<Throwable> broken) {
    this.done = done;
    this.broken = broken;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            threads, task -> new Thread(task, "embed-" + number.incrementAndGet()));
  }

  void add(EmbedWork work) {
    enqueue(work, 1);
  }

  /** Threads at work. */
  int busy() {
    return busy.get();
  }

  /** Passages embedded so far. */
  long passages() {
    return passages.get();
  }

  /** Stops all threads; returns when the last one has stopped. */
  @Override
  public void close() {
    threads.shutdownNow();
    boolean interrupted = false;
    while (!isTerminated()) {
      interrupted = Thread.interrupted() || interrupted;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // A step in native code cannot be interrupted; it ends within milliseconds, and the model must
  // not be closed before.
  private boolean isTerminated() {
    try {
      return threads.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void enqueue(EmbedWork work, int steps) {
    synchronized (this) {
      (work.edit ? edits : rebuilds).addLast(work);
    }
    for (int i = 0; i < steps && !threads.isShutdown(); i++) {
      threads.execute(this::step);
    }
  }

  private void step() {
    busy.incrementAndGet();
    try {
      EmbedWork work;
      int step;
      synchronized (this) {
        Deque<EmbedWork> queue = edits.isEmpty() ? rebuilds : edits;
        work = queue.removeFirst();
        step = work.takeStep();
        if (step > 0 && !work.isTaken()) {
          queue.addLast(work);
        }
      }
      run(work, step);
    } catch (Throwable e) { // the job must hear of it, or the document would wait for ever
      broken.accept(e);
    } finally {
      busy.decrementAndGet();
    }
  }

  private void run(EmbedWork work, int step) {
    boolean last = work.run(step);
    if (step > 0) {
      passages.incrementAndGet();
    }
    if (last) {
      done.accept(work);
    } else if (step == 0) {
      enqueue(work, work.passagesToEmbed());
    }
  }
}
