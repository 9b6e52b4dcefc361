package io.realmstream.model.updating.schedule;

import io.realmstream.model.updating.publish.EmbedWork;
import io.realmstream.model.updating.reuse.KnownOutputs;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The embedding threads of one subtask. They take the documents in turn, a passage at a time: a
 * long document uses all threads and holds up no other. Edits come before rebuilds.
 *
 * <p>Works in the background are those of a version that is built behind the one that answers. They
 * have threads of their own, since native code cannot be interrupted and an edit must not wait for
 * it: as many as their share of the other threads, at least one. If the share is less than one
 * thread, it rests after each passage. No background passage begins while all other threads are
 * busy. After each one the background waits while edits or questions are at work, at most {@value
 * #YIELD_FACTOR} times as long as the passage took: it gets at least a fifth of a thread, or its
 * share if that is less.
 */
public final class EmbedPool implements AutoCloseable {
  private static final int YIELD_FACTOR = 4;

  /** How often a background thread that waits looks whether it may go on. */
  private static final long LOOK_NANOS = 2_000_000;

  /**
   * How many threads there are.
   *
   * @param backgroundShare of the threads, above 0 and at most 1
   */
  public record Size(int threads, double backgroundShare) {
    int backgroundThreads() {
      return Math.max(1, (int) Math.floor(threads * backgroundShare));
    }

    /** How long a background thread rests after work, as a multiple of that work's time. */
    double rest() {
      return Math.max(0, backgroundThreads() / (threads * backgroundShare) - 1);
    }
  }

  private final Size size;
  private final ScheduledThreadPoolExecutor threads;
  private final BooleanSupplier questionsAreAtWork;
  private final Consumer<EmbedWork> done;
  private final Consumer<Throwable> broken;

  // Guarded by this. Each step in a queue has one call of step(): it is in the executor, or counted
  // in waiting until a step may begin. Each beginning and end of a step wakes one that waits
  private final Deque<EmbedWork> edits = new ArrayDeque<>();
  private final Deque<EmbedWork> rebuilds = new ArrayDeque<>();
  private final Deque<EmbedWork> background = new ArrayDeque<>();
  private int foregroundBusy;
  private int backgroundBusy;
  private int waiting;

  private final AtomicInteger busy = new AtomicInteger();
  private final Map<KnownOutputs.Effort, LongAdder> passages = new ConcurrentHashMap<>();

  /**
   * Starts the threads.
   *
   * @param questionsAreAtWork whether a question is in the hands of a model now, or waits for it
   * @param done called on one of them with each work that has no step left
   * @param broken called with whatever else than an unembeddable text kept a step from its end
   */
  public EmbedPool(
      Size size,
      BooleanSupplier questionsAreAtWork,
      Consumer<EmbedWork> done,
      Consumer<Throwable> broken) {
    this.size = size;
    this.questionsAreAtWork = questionsAreAtWork;
    this.done = done;
    this.broken = broken;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ScheduledThreadPoolExecutor(
            size.threads() + size.backgroundThreads(),
            task -> new Thread(task, "embed-" + number.incrementAndGet()));
  }

  public void add(EmbedWork work) {
    enqueue(work, 1);
  }

  /** Threads at work. */
  public int busy() {
    return busy.get();
  }

  /** Passages that have taken so much, so far. */
  public long passages(KnownOutputs.Effort effort) {
    LongAdder count = passages.get(effort);
    return count == null ? 0 : count.sum();
  }

  /** Threads but for those of the background. */
  public int threads() {
    return size.threads();
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
      queue(work).addLast(work);
    }
    for (int i = 0; i < steps && !threads.isShutdown(); i++) {
      threads.execute(this::step);
    }
  }

  private Deque<EmbedWork> queue(EmbedWork work) {
    if (work.isBackground()) {
      return background;
    }
    return work.order().edit() ? edits : rebuilds;
  }

  private void step() {
    EmbedWork work;
    int step;
    synchronized (this) {
      Deque<EmbedWork> queue = next();
      if (queue == null) {
        waiting++;
        return;
      }
      work = queue.removeFirst();
      step = work.takeStep();
      if (step > 0 && !work.isTaken()) {
        queue.addLast(work);
      }
      count(work.isBackground(), 1);
    }
    wakeNext();
    busy.incrementAndGet();
    long start = System.nanoTime();
    try {
      run(work, step);
    } catch (Throwable e) { // the job must hear of it, or the document would wait for ever
      broken.accept(e);
    } finally {
      busy.decrementAndGet();
      end(work.isBackground(), start);
    }
  }

  /** Where a step may begin; null = nowhere. */
  private @Nullable Deque<EmbedWork> next() {
    if (foregroundBusy == size.threads()) {
      return null;
    }
    if (!edits.isEmpty()) {
      return edits;
    }
    if (!rebuilds.isEmpty()) {
      return rebuilds;
    }
    boolean free = backgroundBusy < size.backgroundThreads();
    return free && !background.isEmpty() ? background : null;
  }

  private void count(boolean isBackground, int change) {
    if (isBackground) {
      backgroundBusy += change;
    } else {
      foregroundBusy += change;
    }
  }

  private void end(boolean isBackground, long startNanos) {
    if (isBackground) {
      long took = System.nanoTime() - startNanos;
      rest((long) (took * size.rest()), System.nanoTime() + YIELD_FACTOR * took);
    } else {
      release(false);
    }
  }

  private void rest(long nanos, long yieldsUntil) {
    boolean yields = System.nanoTime() < yieldsUntil && othersAreAtWork();
    if (nanos == 0 && !yields) {
      release(true);
    } else if (!threads.isShutdown()) {
      long next = Math.max(nanos, yields ? LOOK_NANOS : 0);
      var unused = threads.schedule(() -> rest(0, yieldsUntil), next, TimeUnit.NANOSECONDS);
    }
  }

  private boolean othersAreAtWork() {
    if (questionsAreAtWork.getAsBoolean()) {
      return true;
    }
    synchronized (this) {
      return foregroundBusy > 0 || !edits.isEmpty() || !rebuilds.isEmpty();
    }
  }

  private void release(boolean isBackground) {
    synchronized (this) {
      count(isBackground, -1);
    }
    wakeNext();
  }

  /** Lets one that waits try again, if a step may begin. */
  private void wakeNext() {
    synchronized (this) {
      if (waiting == 0 || next() == null) {
        return;
      }
      waiting--;
    }
    if (!threads.isShutdown()) {
      threads.execute(this::step);
    }
  }

  private void run(EmbedWork work, int step) {
    if (step > 0) {
      // before the step ends: another thread that ends the last one tells of the whole work
      passages.computeIfAbsent(work.effort(step), effort -> new LongAdder()).increment();
    }
    boolean last = work.run(step);
    if (last) {
      done.accept(work);
    } else if (step == 0) {
      enqueue(work, work.passagesToEmbed());
    }
  }
}
