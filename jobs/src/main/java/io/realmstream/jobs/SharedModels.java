package io.realmstream.jobs;

import io.realmstream.schemas.Hash128;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Models that are open in this JVM, each once per digest, opened in the background and closed when
 * nobody leases them any more.
 *
 * @param <M> an ONNX Runtime session with what belongs to it; safe for use by many threads
 */
public final class SharedModels<M extends AutoCloseable> {
  private final Map<Hash128, Entry<M>> entries = new HashMap<>();

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

  /**
   * Leases the model of that digest, which {@code open} opens on a thread of its own if need be.
   */
  public synchronized Lease lease(Hash128 digest, Callable<M> open) {
    Entry<M> entry = entries.get(digest);
    if (entry == null || entry.model.isCompletedExceptionally()) {
      entry = new Entry<>(openInBackground(digest, open));
      entries.put(digest, entry);
    }
    entry.leases++;
    return new Lease(digest, entry);
  }

  private synchronized void release(Lease lease) {
    if (lease.closed) {
      return;
    }
    lease.closed = true;
    if (--lease.entry.leases > 0) {
      return;
    }
    entries.remove(lease.digest, lease.entry);
    var unused = lease.entry.model.thenAccept(SharedModels::close);
  }

  private CompletableFuture<M> openInBackground(Hash128 digest, Callable<M> open) {
    CompletableFuture<M> model = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                model.complete(open.call());
              } catch (
                  Throwable e) { // a native library may fail with an Error; the lessee hears it
                model.completeExceptionally(e);
              }
            },
            "open-model-" + digest);
    thread.setDaemon(true);
    thread.start();
    return model;
  }

  private static void close(AutoCloseable model) {
    try {
      model.close();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private static final class Entry<M> {
    final CompletableFuture<M> model;
    int leases;

    Entry(CompletableFuture<M> model) {
      this.model = model;
    }
  }
}
