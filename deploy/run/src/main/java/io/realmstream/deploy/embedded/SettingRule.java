package io.realmstream.deploy.embedded;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of a setting of an existing topic. No start weakens what somebody set: how long a
 * text is kept is the operator's to say, and a limit that he raised stays.
 */
enum SettingRule {
  /** The jobs rely on it: it is set again. */
  NEEDED,
  /** The jobs need at least so much: it is raised, and never lowered. */
  AT_LEAST,
  /** It is set only where nobody has set it. */
  LEFT;

  /** All records are kept for ever; less would lose some. */
  private static final String UNLIMITED = "-1";

  private static final String LAG_MIN = "min.compaction.lag.ms";
  private static final String LAG_MAX = "max.compaction.lag.ms";
  private static final Set<String> LEAST =
      Set.of("max.message.bytes", "delete.retention.ms", LAG_MIN);

  /** They bound how long a compacted topic keeps a text. */
  private static final Set<String> LAGS = Set.of(LAG_MIN, LAG_MAX);

  private static final Set<String> HOW_LONG = Set.of("retention.ms", "segment.ms", LAG_MAX);

  /**
   * The settings to change.
   *
   * @param wanted those of a new topic of that name
   * @param found those that the topic has of its own, without defaults of the broker
   * @param anew whether somebody says now how long records are to be kept
   */
  static Map<String, String> changes(
      Map<String, String> wanted, Map<String, String> found, boolean anew) {
    Map<String, String> changes = new HashMap<>();
    wanted.forEach(
        (name, value) -> {
          String before = found.get(name);
          boolean changed =
              before == null
                  || switch (of(name, wanted)) {
                    case NEEDED -> !before.equals(value);
                    case AT_LEAST ->
                        Long.parseLong(before) < Long.parseLong(value)
                            || (anew && LAGS.contains(name) && !before.equals(value));
                    case LEFT -> anew && !before.equals(value);
                  };
          if (changed) {
            changes.put(name, value);
          }
        });
    return changes;
  }

  private static SettingRule of(String name, Map<String, String> wanted) {
    if (LEAST.contains(name)) {
      return AT_LEAST;
    }
    if (!HOW_LONG.contains(name) || UNLIMITED.equals(wanted.get(name))) {
      return NEEDED;
    }
    // Kafka refuses a greatest lag below the least one
    return name.equals(LAG_MAX) && wanted.containsKey(LAG_MIN) ? AT_LEAST : LEFT;
  }
}
