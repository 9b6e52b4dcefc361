package io.realmstream.jobs.wikipedia.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.model.wikipedia.PlausibleTimes;
import io.realmstream.schemas.json.BadRecordException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * The fields of an event that somebody else wrote. What is absent or null has a default. What has
 * the wrong type or is out of range is refused.
 *
 * @param tree an object
 * @param path where it stands, for messages; empty = the event itself
 */
record EventFields(JsonNode tree, String path) {
  /** An object in this one; empty if it is absent. */
  EventFields object(String name) throws BadRecordException {
    JsonNode found = tree.path(name);
    if (!found.isObject() && !isAbsent(found)) {
      throw refused(name, "must be an object");
    }
    return new EventFields(found, place(name));
  }

  /** Whether it is there and not null. */
  boolean has(String name) {
    return tree.hasNonNull(name);
  }

  /** A text; empty if it is absent. */
  String text(String name) throws BadRecordException {
    JsonNode found = tree.path(name);
    if (!found.isTextual() && !isAbsent(found)) {
      throw refused(name, "must be a text");
    }
    return found.asText("");
  }

  /** The same, but it must be there. */
  String requiredText(String name) throws BadRecordException {
    String text = text(name);
    if (text.isEmpty()) {
      throw refused(name, "required");
    }
    return text;
  }

  boolean flag(String name, boolean absent) throws BadRecordException {
    JsonNode found = tree.path(name);
    if (!found.isBoolean() && !isAbsent(found)) {
      throw refused(name, "must be true or false");
    }
    return found.asBoolean(absent);
  }

  /** A whole number of at least 1; 0 if it is absent. */
  long id(String name) throws BadRecordException {
    JsonNode found = tree.path(name);
    if (isAbsent(found)) {
      return 0;
    }
    if (!found.isIntegralNumber() || !found.canConvertToLong() || found.longValue() < 1) {
      throw refused(name, "must be a whole number of at least 1");
    }
    return found.longValue();
  }

  /** The same, but it must be there. */
  long requiredId(String name) throws BadRecordException {
    long id = id(name);
    if (id == 0) {
      throw refused(name, "required");
    }
    return id;
  }

  int number(String name) throws BadRecordException {
    JsonNode found = tree.path(name);
    if (!isAbsent(found) && !(found.isIntegralNumber() && found.canConvertToInt())) {
      throw refused(name, "must be a whole number");
    }
    return found.asInt(0);
  }

  /** A time in epoch ms; 0 if it is absent. */
  long timeMs(String name) throws BadRecordException {
    String text = text(name);
    if (text.isEmpty()) {
      return 0;
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (!PlausibleTimes.has(time)) {
        throw refused(name, "must be a time from 1990 to 2099");
      }
      return time.toEpochMilli();
    } catch (DateTimeException e) {
      throw refused(name, "must be a time as in 2026-03-01T09:30:00Z");
    }
  }

  BadRecordException refused(String name, String words) {
    return new BadRecordException(place(name) + ": " + words);
  }

  private String place(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static boolean isAbsent(JsonNode found) {
    return found.isMissingNode() || found.isNull();
  }
}
