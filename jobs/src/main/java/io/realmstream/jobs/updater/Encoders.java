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

/**
 * The document towers that one subtask writes with, by version; opened in the background. One that
 * fails to open is tried again for as long as its version is written: what needs it waits, all else
 * goes on.
 */
final class Encoders implements AutoCloseable {
  /** A tower that is open. */
  record Opened(EncoderTower tower, Encoder encoder) {}

  /** What happens on the task's thread when a version's tower has opened, or has failed to. */
  @FunctionalInterface
  interface Listener {
    void ended(int version) throws Exception;
  }

  private final Models models;
  private final MailboxExecutor mailbox;
  private final Listener listener;
  private final Map<Integer, Wanted> wanted = new TreeMap<>();

  /** Read by whoever reports metrics. */
  private volatile int failing;

  Encoders(Models models, MailboxExecutor mailbox, Listener listener) {
    this.models = models;
    this.mailbox = mailbox;
    this.listener = listener;
  }

  /** A tower that is wanted, and how far it is. */
  private static final class Wanted {
    final EncoderTower tower;
    SharedModels<Encoder>.Lease lease;
    @Nullable Opened opened;

    /** Whether the last attempt has failed. */
    boolean failed;

    Wanted(EncoderTower tower, SharedModels<Encoder>.Lease lease) {
      this.tower = tower;
      this.lease = lease;
    }
  }

  /** Opens the tower of {@code version}, unless it is open or about to be. */
  void want(int version, EncoderTower tower) {
    if (!wanted.containsKey(version)) {
      Wanted begun = new Wanted(tower, models.encoder(tower));
      wanted.put(version, begun);
      follow(version, begun);
    }
  }

  /** Tries again what failed, where its pause is over; to be called every second or so. */
  void retry() {
    wanted.forEach(
        (version, tried) -> {
          if (tried.failed) {
            retry(version, tried);
          }
        });
  }

  /** The open tower of {@code version}; null while it is not open. */
  @Nullable Opened get(int version) {
    Wanted known = wanted.get(version);
    return known == null ? null : known.opened;
  }

  /** The versions whose towers are wanted. */
  List<Integer> versions() {
    return List.copyOf(wanted.keySet());
  }

  /** Whether every tower that is wanted is open. */
  boolean areOpen() {
    return wanted.values().stream().allMatch(tower -> tower.opened != null);
  }

  /** Whether a tower may open soon: none of its attempts has failed so far. */
  boolean opening() {
    return wanted.values().stream().anyMatch(tower -> tower.opened == null && !tower.failed);
  }

  /** Whether the tower of {@code version} failed to open, and is tried again. */
  boolean isFailing(int version) {
    Wanted known = wanted.get(version);
    return known != null && known.failed;
  }

  void register(UpdaterMetrics metrics) {
    metrics.gauge("encodersFailing", () -> failing);
    metrics.gauge("modelsFailed", SharedModels::failures);
  }

  /** Gives up the tower of {@code version}, which nobody uses any more. */
  void drop(int version) {
    Wanted known = wanted.remove(version);
    if (known != null) {
      known.lease.close();
      countFailing();
    }
  }

  @Override
  public void close() {
    wanted.values().forEach(tower -> tower.lease.close());
    wanted.clear();
  }

  /** As long as the pause lasts, a new lease is one on the attempt that failed. */
  private void retry(int version, Wanted tried) {
    SharedModels<Encoder>.Lease next = models.encoder(tried.tower);
    if (next.model() == tried.lease.model()) {
      next.close();
    } else {
      tried.lease.close();
      tried.lease = next;
      follow(version, tried);
    }
  }

  private void follow(int version, Wanted begun) {
    var unused =
        begun
            .lease
            .model()
            .whenComplete(
                (encoder, failure) ->
                    mailbox.execute(() -> ended(version, begun, encoder), "encoder opened"));
  }

  // The version was tried before it was proposed: what fails here is this machine, or a file that
  // has gone since
  private void ended(int version, Wanted begun, @Nullable Encoder encoder) throws Exception {
    if (wanted.get(version) == begun) {
      begun.failed = encoder == null;
      begun.opened = encoder == null ? null : new Opened(begun.tower, encoder);
      countFailing();
      listener.ended(version);
    }
  }

  private void countFailing() {
    failing = (int) wanted.values().stream().filter(tower -> tower.failed).count();
  }
}
