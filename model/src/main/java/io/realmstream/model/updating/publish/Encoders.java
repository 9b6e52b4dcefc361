package io.realmstream.model.updating.publish;

import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.SharedModels;
import io.realmstream.schemas.version.EncoderTower;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The document towers that one subtask writes with, by version; opened in the background. One that
 * fails to open is tried again for as long as its version is written: what needs it waits, all else
 * goes on.
 */
public final class Encoders implements AutoCloseable {
  /** A tower that is open. */
  public record Opened(EncoderTower tower, Encoder encoder) {}

  private final Function<EncoderTower, SharedModels<Encoder>.Lease> models;
  private final Executor mails;
  private final IntConsumer ended;
  private final Map<Integer, Wanted> wanted = new TreeMap<>();

  /** Read by whoever reports metrics. */
  private volatile int failing;

  /**
   * @param models lease the encoder of a tower
   * @param mails runs what it is given later, on the same thread
   * @param ended hears of each version whose tower has opened, or has failed to
   */
  public Encoders(
      Function<EncoderTower, SharedModels<Encoder>.Lease> models,
      Executor mails,
      IntConsumer ended) {
    this.models = models;
    this.mails = mails;
    this.ended = ended;
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
  public void want(int version, EncoderTower tower) {
    if (!wanted.containsKey(version)) {
      Wanted begun = new Wanted(tower, models.apply(tower));
      wanted.put(version, begun);
      follow(version, begun);
    }
  }

  /** Tries again what failed, where its pause is over; to be called every second or so. */
  public void retry() {
    wanted.forEach(
        (version, tried) -> {
          if (tried.failed) {
            retry(version, tried);
          }
        });
  }

  /** The open tower of {@code version}; null while it is not open. */
  public @Nullable Opened get(int version) {
    Wanted known = wanted.get(version);
    return known == null ? null : known.opened;
  }

  /** The versions whose towers are wanted. */
  public List<Integer> versions() {
    return List.copyOf(wanted.keySet());
  }

  /** Whether every tower that is wanted is open. */
  public boolean areOpen() {
    return wanted.values().stream().allMatch(tower -> tower.opened != null);
  }

  /** Whether a tower may open soon: none of its attempts has failed so far. */
  public boolean opening() {
    return wanted.values().stream().anyMatch(tower -> tower.opened == null && !tower.failed);
  }

  /** Whether the tower of {@code version} failed to open, and is tried again. */
  public boolean isFailing(int version) {
    Wanted known = wanted.get(version);
    return known != null && known.failed;
  }

  /** Towers that failed to open and are tried again; for any thread. */
  public int failing() {
    return failing;
  }

  /** Gives up the tower of {@code version}, which nobody uses any more. */
  public void drop(int version) {
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

  /** While the pause lasts, a new lease leads to the attempt that failed. */
  private void retry(int version, Wanted tried) {
    SharedModels<Encoder>.Lease next = models.apply(tried.tower);
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
                (encoder, failure) -> mails.execute(() -> ended(version, begun, encoder)));
  }

  // The version was tried before it was proposed: what fails here is this machine, or a file that
  // has gone since
  private void ended(int version, Wanted begun, @Nullable Encoder encoder) {
    if (wanted.get(version) == begun) {
      begun.failed = encoder == null;
      begun.opened = encoder == null ? null : new Opened(begun.tower, encoder);
      countFailing();
      ended.accept(version);
    }
  }

  private void countFailing() {
    failing = (int) wanted.values().stream().filter(tower -> tower.failed).count();
  }
}
