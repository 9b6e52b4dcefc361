package io.realmstream.deploy.door.events;

import io.realmstream.deploy.door.http.Refusal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a reader of events is: for each kind of event and partition the next offset. It is the id
 * of every event, so that one id says where to go on everywhere, for instance {@code
 * status.0=17,status.1=4,version.0=9}.
 */
final class Positions {
  private static final Pattern ENTRY = Pattern.compile("([a-z]+\\.\\d{1,5})=(\\d{1,18})");
  private static final int LENGTH_MAX = 8_192;

  private final Map<String, Long> next = new TreeMap<>();

  void set(EventKind kind, int partition, long offset) {
    next.put(name(kind, partition), offset);
  }

  /** The next offset of what was read; {@code otherwise} of what was not. */
  long of(EventKind kind, int partition, long otherwise) {
    return next.getOrDefault(name(kind, partition), otherwise);
  }

  /** The kinds that have at least one partition here. */
  Set<EventKind> kinds() {
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    for (EventKind kind : EventKind.values()) {
      if (next.keySet().stream().anyMatch(name -> name.startsWith(kind.word() + "."))) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  /**
   * Those of an id.
   *
   * @throws Refusal 400, if it is none of ours
   */
  static Positions parse(String id) {
    Map<String, Long> read = new HashMap<>();
    for (String entry : id.split(",", -1)) {
      Matcher matcher = ENTRY.matcher(entry);
      if (id.length() > LENGTH_MAX || !matcher.matches()) {
        throw Refusal.badRequest("Last-Event-ID: not an id of this door");
      }
      read.put(matcher.group(1), Long.valueOf(matcher.group(2)));
    }
    Positions positions = new Positions();
    positions.next.putAll(read);
    return positions;
  }

  /** The id. */
  @Override
  public String toString() {
    StringJoiner entries = new StringJoiner(",");
    next.forEach((name, offset) -> entries.add(name + "=" + offset));
    return entries.toString();
  }

  private static String name(EventKind kind, int partition) {
    return kind.word() + "." + partition;
  }
}
