package io.realmstream.deploy.wikipedia.feed;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.realmstream.deploy.json.Json;
import io.realmstream.model.wikipedia.PlausibleTimes;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an event says of itself, without the rest of it: enough to pass it on or not. Whatever is
 * wrong or missing is null. Events of {@code mediawiki/page/change} and of {@code
 * mediawiki/revision/visibility-change} are known.
 *
 * @param wiki the wiki's database name
 * @param priorNamespace where the page was before a move; null = not moved
 * @param time when it happened
 * @param canary whether the feed made it itself, to show that it lives
 * @param place where it stands in the feed's own log
 */
public record Glance(
    @Nullable String wiki,
    @Nullable Long pageId,
    @Nullable Integer namespace,
    @Nullable Integer priorNamespace,
    @Nullable Instant time,
    boolean canary,
    @Nullable Place place) {

  /**
   * A place in the feed's log.
   *
   * @param partition topic and number
   */
  public record Place(String partition, long offset) {}

  /** Objects of an event that hold a wanted field. */
  private static final Set<String> ENTERED =
      Set.of("meta", "page", "prior_state", "prior_state.page");

  /** Reads an event; all is null if it is no JSON object. */
  public static Glance of(byte[] data) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = Json.MAPPER.createParser(data)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        enter("", json, fields);
      }
    } catch (JacksonException e) {
      fields.clear();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail", e);
    }
    Long namespace = number(fields, "page.namespace_id", "page_namespace");
    Long prior = number(fields, "prior_state.page.namespace_id", "");
    return new Glance(
        fields.getOrDefault("wiki_id", fields.get("database")),
        number(fields, "page.page_id", "page_id"),
        namespace == null ? null : namespace.intValue(),
        prior == null ? null : prior.intValue(),
        time(fields.getOrDefault("meta.dt", fields.get("dt"))),
        "canary".equals(fields.get("meta.domain")),
        place(fields));
  }

  private static void enter(String prefix, JsonParser json, Map<String, String> fields)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String path = prefix + json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.START_OBJECT && ENTERED.contains(path)) {
        enter(path + ".", json, fields);
      } else if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
        fields.put(path, json.getText());
      } else {
        json.skipChildren();
      }
    }
  }

  private static @Nullable Long number(Map<String, String> fields, String path, String orElse) {
    String value = fields.getOrDefault(path, fields.get(orElse));
    try {
      return value == null ? null : Long.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Instant time(@Nullable String value) {
    try {
      Instant time = value == null ? null : Instant.parse(value);
      return time != null && PlausibleTimes.has(time) ? time : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static @Nullable Place place(Map<String, String> fields) {
    String topic = fields.get("meta.topic");
    Long offset = number(fields, "meta.offset", "");
    return topic == null || offset == null
        ? null
        : new Place(topic + "/" + fields.getOrDefault("meta.partition", "0"), offset);
  }
}
