package io.realmstream.deploy.cli.evaluate.questions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.schemas.json.BadRecordException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of common question files say is right.
 *
 * <pre>
 * answers: ["a", "b"], or "a"; [{"text": "a"}] or {"text": ["a", "b"]} as SQuAD has it; [] = there is none
 * answer   (here givenAnswer): the same, as NQ-open has it, or TriviaQA's {"value", "aliases"}
 * is_impossible: true = there is none, as SQuAD 2 has it
 * passage: an id, a number or a text, or a list of them
 * </pre>
 */
final class GoldFields {
  private GoldFields() {}

  /** Empty = there is none; null when the row does not say. */
  static @Nullable List<String> answers(ObjectNode row) throws BadRecordException {
    if (row.path("is_impossible").asBoolean()) {
      return List.of();
    }
    JsonNode answers = row.path("answers");
    boolean named = !answers.isMissingNode() && !answers.isNull();
    return named ? texts("answers", answers) : texts("answer", row.path("givenAnswer"));
  }

  /** Each once. */
  static List<String> passages(ObjectNode row) throws BadRecordException {
    JsonNode field = row.path("passage");
    if (field.isMissingNode() || field.isNull()) {
      return List.of();
    }
    Set<String> passages = new LinkedHashSet<>();
    for (JsonNode passage : field.isArray() ? field : List.of(field)) {
      if (!passage.isTextual() && !passage.isIntegralNumber()) {
        throw new BadRecordException("passage: neither text nor whole number: " + passage);
      }
      if (passage.asText().isEmpty()) {
        throw new BadRecordException("passage: is empty");
      }
      passages.add(passage.asText());
    }
    return List.copyOf(passages);
  }

  private static @Nullable List<String> texts(String field, JsonNode value)
      throws BadRecordException {
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    if (value.isObject()) {
      if (!value.has("text") && !value.has("value")) {
        throw new BadRecordException(field + ": an object without text or value: " + value);
      }
      add(field, value.path("text"), texts);
      add(field, value.path("value"), texts);
      add(field, value.path("aliases"), texts);
    } else {
      add(field, value, texts);
    }
    return texts;
  }

  private static void add(String field, JsonNode value, List<String> texts)
      throws BadRecordException {
    if (value.isMissingNode()) {
      return;
    }
    for (JsonNode element : value.isArray() ? value : List.of(value)) {
      JsonNode text = element.isObject() ? element.path("text") : element;
      if (!text.isTextual()) {
        throw new BadRecordException(field + ": no text: " + element);
      }
      texts.add(text.textValue());
    }
  }
}
