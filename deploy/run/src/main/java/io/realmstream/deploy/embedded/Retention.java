package io.realmstream.deploy.embedded;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long topics keep records. Kafka deletes and compacts whole segments, so a record may stay
 * longer, by the time that a segment spans.
 *
 * @param tombstoneTtl how long deletions are remembered, as {@code realm.tombstone.ttl} says
 * @param forgetWithin when the text of a purged document is gone from every topic; null = as the
 *     defaults have it, at most 31 days
 */
public record Retention(Duration tombstoneTtl, @Nullable Duration forgetWithin) {
  /** The shortest bound: compaction alone takes more than a day. */
  public static final Duration FORGET_WITHIN_MIN = Duration.ofDays(2);

  /**
   * A replay writes accepted edits once more, older ones first: none that it has not overtaken yet
   * may have been left alone by compaction. Longer than any replay takes.
   */
  private static final Duration REPLAY_MAX = Duration.ofDays(1);

  private static final Duration TRANSPORT = Duration.ofDays(7);
  private static final Duration DEAD_LETTERS = Duration.ofDays(30);
  private static final Duration SEGMENT_MAX = Duration.ofDays(1);
  private static final Duration COMPACTED_SEGMENT = Duration.ofHours(1);

  /** Refuses a bound that compaction cannot keep. */
  public Retention {
    if (forgetWithin != null && forgetWithin.compareTo(FORGET_WITHIN_MIN) < 0) {
      throw new IllegalArgumentException(
          "forgetWithin must be at least %s (is %s)".formatted(FORGET_WITHIN_MIN, forgetWithin));
    }
  }

  /** The defaults. */
  public static Retention of(Duration tombstoneTtl) {
    return new Retention(tombstoneTtl, null);
  }

  /** Settings of a topic whose records are of use until they are read. */
  Map<String, String> transport() {
    return expiring(bounded(TRANSPORT));
  }

  /** Settings of the dead letters. */
  Map<String, String> deadLetters() {
    return expiring(bounded(DEAD_LETTERS));
  }

  /** Settings of a topic whose records expire. */
  Map<String, String> expiring(Duration retention) {
    return new HashMap<>(
        Map.of(
            "cleanup.policy", "delete",
            "retention.ms", ms(retention),
            "segment.ms", ms(shorter(segment(), retention))));
  }

  /** Settings of a topic that keeps the last record of each key. */
  Map<String, String> compacted() {
    return new HashMap<>(
        Map.of(
            "cleanup.policy", "compact",
            "segment.ms", ms(COMPACTED_SEGMENT),
            "max.compaction.lag.ms", ms(REPLAY_MAX)));
  }

  /** Settings of the topic of accepted edits. */
  Map<String, String> accepted() {
    Map<String, String> settings = compacted();
    settings.put("delete.retention.ms", ms(tombstoneTtl));
    settings.put("min.compaction.lag.ms", ms(REPLAY_MAX));
    return settings;
  }

  private Duration bounded(Duration retention) {
    return forgetWithin == null ? retention : forgetWithin.minus(segment());
  }

  private Duration segment() {
    return forgetWithin == null ? SEGMENT_MAX : shorter(SEGMENT_MAX, forgetWithin.dividedBy(4));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static String ms(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
