package io.realmstream.model.onnx;

import io.realmstream.model.version.RetryPauses;
import io.realmstream.schemas.Hash128;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Models that are open in this JVM, each once per digest, opened in the background and closed when
 * nobody leases them any more.
 *
 * <p>One that failed to open is opened again by the first lease behind a pause, which grows with
 * each failure. Before, every lease fails as the last attempt did: so whoever wants the model may
 * ask each second, and all who want it share the attempts.
 *
 * @param <M> an ONNX Runtime session with what belongs to it; safe for use by many threads
 */
public final class SharedModels<M extends AutoCloseable> {
  /** Attempts of this JVM that failed, of models of every kind. */
  private static final AtomicLong FAILURES = new AtomicLong();

  private final Consumer<String> warn;
  private final LongSupplier clockMs;

  /** Those that are leased, and those whose last attempt failed: a handful of versions' models. */
  private final Map<Hash128, Entry<M>> entries = new HashMap<>();

  /**
   * @param warn hears of each attempt that fails
   */
  public SharedModels(Consumer<String> warn) {
    this(warn, System::currentTimeMillis);
  }

  SharedModels(Consumer<String> warn, LongSupplier clockMs) {
    this.warn = warn;
    this.clockMs = clockMs;
  }

  /** A claim on a model, to be closed when no thread uses it any more. */
  public final class Lease implements AutoCloseable {
    private final Hash128 digest;
    private final Entry<M> entry;
    private boolean closed;

    private Lease(Hash128 digest, Entry<M> entry) {
      this.digest = digest;
      this.entry = entry;
    }

    /** The model, once it is open; fails with what kept it from opening. */
    public CompletableFuture<M> model() {
      return entry.model;
    }

    @Override
    public void close() {
      release(this);
    }
  }

  /** How many attempts to open a model have failed in this JVM. */
  public static long failures() {
    return FAILURES.get();
  }

  /**
   * Leases the model of that digest, which {@code open} opens on a thread of its own if need be.
   */
  public synchronized Lease lease(Hash128 digest, Callable<M> open) {
    Entry<M> entry = entries.get(digest);
    if (entry == null || (entry.failed() && entry.pauses.isDue(clockMs.getAsLong()))) {
      entry = new Entry<>(entry == null ? new RetryPauses() : entry.pauses);
      entries.put(digest, entry);
      openInBackground(digest, entry, open);
    }
    entry.leases++;
    return new Lease(digest, entry);
  }

  private synchronized void release(Lease lease) {
    if (lease.closed) {
      return;
    }
    lease.closed = true;
    if (--lease.entry.leases > 0 || lease.entry.failed()) {
      return;
    }
    entries.remove(lease.digest, lease.entry);
    var unused = lease.entry.model.thenAccept(SharedModels::close);
  }

  private void openInBackground(Hash128 digest, Entry<M> entry, Callable<M> open) {
    Thread thread =
        new Thread(
            () -> {
              try {
                entry.model.complete(open.call());
              } catch (
                  Throwable e) { // a native library may fail with an Error; the lessee hears it
                fail(digest, entry, e);
              }
            },
            "open-model-" + digest);
    thread.setDaemon(true);
    thread.start();
  }

  private void fail(Hash128 digest, Entry<M> entry, Throwable failure) {
    FAILURES.incrementAndGet();
    synchronized (this) {
      entry.pauses.failed(clockMs.getAsLong());
      warn.accept(
          "model %s does not open, failure %d: %s"
              .formatted(digest, entry.pauses.failures(), failure));
    }
    entry.model.completeExceptionally(failure);
  }

  private static void close(AutoCloseable model) {
    try {
      model.close();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private static final class Entry<M> {
    final CompletableFuture<M> model = new CompletableFuture<>();

    /** Of all attempts since the last that went well. */
    final RetryPauses pauses;

    int leases;

    Entry(RetryPauses pauses) {
      this.pauses = pauses;
    }

    boolean failed() {
      return model.isCompletedExceptionally();
    }
  }
}
