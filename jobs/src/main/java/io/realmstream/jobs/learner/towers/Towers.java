package io.realmstream.jobs.learner.towers;

import io.realmstream.jobs.Models;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.SharedModels;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import org.jspecify.annotations.Nullable;

/** The open towers of the version in force. One that does not open is tried again. */
public final class Towers implements AutoCloseable {
  private final Models models;
  private @Nullable RetrieverCheckpoint held;
  private SharedModels<Encoder>.@Nullable Lease queries;
  private SharedModels<Encoder>.@Nullable Lease documents;

  /** With none open. */
  public Towers(Models models) {
    this.models = models;
  }

  /** Whether these are open, or opening. */
  public boolean holds(RetrieverCheckpoint checkpoint) {
    return checkpoint.equals(held);
  }

  /** Whether any are open, or opening. */
  public boolean holdsAny() {
    return held != null;
  }

  /** Opens these instead, in the background; the ones before must be in nobody's hands. */
  public void hold(RetrieverCheckpoint checkpoint) {
    close();
    held = checkpoint;
    queries = models.encoder(checkpoint.queryTower());
    documents = models.encoder(checkpoint.documentTower());
  }

  /** The towers; null while they are not open. */
  public @Nullable InForce inForce() {
    if (held == null || queries == null || documents == null) {
      return null;
    }
    queries = retried(queries, held.queryTower());
    documents = retried(documents, held.documentTower());
    return isOpen(queries) && isOpen(documents)
        ? new InForce(queries.model().join(), documents.model().join())
        : null;
  }

  @Override
  public void close() {
    if (queries != null) {
      queries.close();
      queries = null;
    }
    if (documents != null) {
      documents.close();
      documents = null;
    }
    held = null;
  }

  /** While its pause lasts, a new lease leads to the attempt that failed. */
  private SharedModels<Encoder>.Lease retried(
      SharedModels<Encoder>.Lease lease, EncoderTower tower) {
    if (!lease.model().isCompletedExceptionally()) {
      return lease;
    }
    lease.close();
    return models.encoder(tower);
  }

  private static boolean isOpen(SharedModels<Encoder>.Lease lease) {
    return lease.model().isDone() && !lease.model().isCompletedExceptionally();
  }
}
