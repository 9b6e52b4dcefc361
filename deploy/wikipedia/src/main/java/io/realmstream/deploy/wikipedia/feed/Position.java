package io.realmstream.deploy.wikipedia.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a feed was read.
 *
 * @param id the last event's; null = the feed is to begin at the time
 * @param time of the last event that says one, so that no single event can move it for ever; null =
 *     nothing was read, and all is new
 * @param partitions the last event of each partition of the feed's log
 */
public record Position(@Nullable String id, @Nullable Instant time, Map<String, Last> partitions) {

  /** The last event of a partition. */
  public record Last(long offset, Instant time) {}

  public Position {
    partitions = Map.copyOf(partitions);
  }

  /** Where a feed begins that was never read. */
  public static Position since(@Nullable Instant time) {
    return new Position(null, time, Map.of());
  }

  /**
   * Reads what was written as JSON.
   *
   * @throws IllegalArgumentException if it was not
   */
  public static Position of(JsonNode json) {
    Map<String, Last> partitions = new HashMap<>();
    try {
      for (Map.Entry<String, JsonNode> each : json.path("partitions").properties()) {
        Instant time = Instant.parse(each.getValue().path("time").asText());
        partitions.put(each.getKey(), new Last(each.getValue().path("offset").asLong(), time));
      }
      return new Position(
          json.hasNonNull("id") ? json.path("id").asText() : null,
          json.hasNonNull("time") ? Instant.parse(json.path("time").asText()) : null,
          partitions);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("no position of a feed: " + json, e);
    }
  }

  /** The position behind an event. */
  Position behind(SentEvent event, Glance glance) {
    Instant last = glance.time() == null ? time : glance.time();
    Map<String, Last> all = partitions;
    if (glance.place() != null && last != null) {
      all = new HashMap<>(partitions);
      all.put(glance.place().partition(), new Last(glance.place().offset(), last));
    }
    return new Position(event.id() == null ? id : event.id(), last, all);
  }
}
