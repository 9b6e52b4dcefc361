package io.realmstream.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import io.realmstream.schemas.Utf8;
import java.util.regex.Pattern;

/** Words for a broken schema rule: {@code k: must have a maximum value of 1000 (is 1000000)}. */
final class Violation {
  private static final int EXCERPT_LENGTH_MAX = 60;
  private static final Pattern SHAPELESS = Pattern.compile("\\p{Cf}");

  private Violation() {}

  static String describe(ValidationMessage message) {
    String place = place(message.getInstanceLocation());
    String field = place.isEmpty() ? "record" : place;
    JsonNode value = message.getInstanceNode();
    return switch (message.getType()) {
      case "required" ->
          (place.isEmpty() ? "" : place + ".") + message.getProperty() + ": required";
      case "type" -> field + ": " + message.getError();
      case "minLength" -> field + ": must be at least " + characters(message);
      case "maxLength" -> field + ": must be at most " + characters(message);
      case MaxUtf8Bytes.NAME -> rule(field, message, Utf8.bytes(value.textValue()) + "");
      default -> rule(field, message, excerpt(value));
    };
  }

  /** Like {@code options.runnersUp}; the library's own words know no field with an empty name. */
  private static String place(JsonNodePath path) {
    StringBuilder place = new StringBuilder();
    for (int i = 0; i < path.getNameCount(); i++) {
      Object step = path.getElement(i);
      if (step instanceof Integer index) {
        place.append('[').append(index).append(']');
      } else {
        place.append(place.isEmpty() ? "" : ".").append(step);
      }
    }
    return place.toString();
  }

  private static String characters(ValidationMessage message) {
    String text = message.getInstanceNode().textValue();
    // the library's own words would group the limit's digits
    Object limit = message.getArguments()[0];
    return limit + " characters long (is " + text.codePointCount(0, text.length()) + ")";
  }

  private static String rule(String field, ValidationMessage message, String found) {
    return field + ": " + message.getError() + " (is " + found + ")";
  }

  private static String excerpt(JsonNode value) {
    String text = visible(value.isTextual() ? "\"" + value.textValue() + "\"" : value.toString());
    return text.length() <= EXCERPT_LENGTH_MAX
        ? text
        : text.substring(0, EXCERPT_LENGTH_MAX) + "...";
  }

  private static String visible(String text) {
    return SHAPELESS
        .matcher(text)
        .replaceAll(found -> "\\\\u%04x".formatted(found.group().codePointAt(0)));
  }
}
