package io.realmstream.jobs.updater;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.SharedModels;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.schemas.version.EncoderTower;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.jspecify.annotations.Nullable;

/** The document towers that one subtask writes with, by version; opened in the background. */
final class Encoders implements AutoCloseable {
  /** A tower that is open. */
  record Opened(EncoderTower tower, Encoder encoder) {}

  /** What happens on the task's thread when a version's tower is open. */
  @FunctionalInterface
  interface Listener {
    void opened(int version) throws Exception;
  }

  private final Models models;
  private final MailboxExecutor mailbox;
  private final Listener listener;
  private final Map<Integer, SharedModels<Encoder>.Lease> leases = new TreeMap<>();
  private final Map<Integer, Opened> opened = new TreeMap<>();

  Encoders(Models models, MailboxExecutor mailbox, Listener listener) {
    this.models = models;
    this.mailbox = mailbox;
    this.listener = listener;
  }

  /** Opens the tower of {@code version}, unless it is open or about to be. */
  void want(int version, EncoderTower tower) {
    if (leases.containsKey(version)) {
      return;
    }
    SharedModels<Encoder>.Lease lease = models.encoder(tower);
    leases.put(version, lease);
    var unused =
        lease
            .model()
            .whenComplete(
                (encoder, failure) ->
                    mailbox.execute(
                        () -> opened(version, tower, encoder, failure), "encoder opened"));
  }

  /** The open tower of {@code version}; null while it is not open. */
  @Nullable Opened get(int version) {
    return opened.get(version);
  }

  /** The versions whose towers are wanted. */
  List<Integer> versions() {
    return List.copyOf(leases.keySet());
  }

  /** Whether a tower is still to be opened. */
  boolean opening() {
    return opened.size() < leases.size();
  }

  /** Gives up the tower of {@code version}, which nobody uses any more. */
  void drop(int version) {
    opened.remove(version);
    SharedModels<Encoder>.Lease lease = leases.remove(version);
    if (lease != null) {
      lease.close();
    }
  }

  @Override
  public void close() {
    leases.values().forEach(SharedModels.Lease::close);
    leases.clear();
    opened.clear();
  }

  // The version was verified before it was proposed: what fails here is this machine
  private void opened(
      int version, EncoderTower tower, @Nullable Encoder encoder, @Nullable Throwable failure)
      throws Exception {
    if (encoder == null) {
      throw new IllegalStateException("cannot open the encoder of version " + version, failure);
    }
    if (leases.containsKey(version)) {
      opened.put(version, new Opened(tower, encoder));
      listener.opened(version);
    }
  }
}
