package io.realmstream.model.freshness;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose clock gives a topic's records their timestamps.
 *
 * @param fromBroker whether it is the broker's, at the moment when it appends
 * @param backdatedMaxMs otherwise, by how much a producer's timestamp may be behind the broker's
 *     clock before the broker refuses the record; {@link Long#MAX_VALUE} = by any amount
 */
public record RecordTimes(boolean fromBroker, long backdatedMaxMs) {
  /** What Kafka calls the setting that decides. */
  public static final String TYPE_SETTING = "message.timestamp.type";

  /** The value of it that makes the times the broker's. */
  public static final String BROKER_TYPE = "LogAppendTime";

  private static final String BACKDATED_SETTING = "message.timestamp.before.max.ms";

  /** How Kafka called the setting up to 3.9. */
  private static final String BACKDATED_SETTING_BEFORE = "message.timestamp.difference.max.ms";

  /** Reads the settings of a topic, of which some may be unknown to its broker. */
  public static RecordTimes of(Map<String, String> settings) {
    if (BROKER_TYPE.equals(settings.get(TYPE_SETTING))) {
      return new RecordTimes(true, 0);
    }
    long limit = Long.MAX_VALUE;
    for (String setting : new String[] {BACKDATED_SETTING, BACKDATED_SETTING_BEFORE}) {
      String value = settings.get(setting);
      limit = value == null ? limit : Math.min(limit, Long.parseLong(value));
    }
    return new RecordTimes(false, limit);
  }

  /**
   * The timestamp that no record has, nor an earlier one, which comes to the topic after a moment.
   *
   * @param atMs the moment, by the clock of this machine
   * @param toleranceMs by how much the broker's clock may be behind that clock, and how long a
   *     record that is appended may stay out of sight, together
   * @return null = a record may come with any timestamp
   */
  public @Nullable Long settledMs(long atMs, long toleranceMs) {
    if (!fromBroker && backdatedMaxMs > atMs) {
      return null;
    }
    return atMs - 1 - toleranceMs - (fromBroker ? 0 : backdatedMaxMs);
  }
}
