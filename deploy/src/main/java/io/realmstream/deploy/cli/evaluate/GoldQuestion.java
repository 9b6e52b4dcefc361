package io.realmstream.deploy.cli.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ask.QuestionRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question whose answer is known.
 *
 * @param id the row's field {@code id}, else its number, from 1
 * @param answers accepted ones; empty = unknown
 * @param passage id of the document that holds the answer; null = unknown
 */
record GoldQuestion(String id, String question, List<String> answers, @Nullable String passage) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  GoldQuestion {
    answers = List.copyOf(answers);
  }

  /**
   * All rows of a file.
   *
   * @throws CommandFailure at the first bad row: an evaluation without it would be another one
   */
  static List<GoldQuestion> read(Path file) throws IOException {
    List<GoldQuestion> questions = new ArrayList<>();
    try (QuestionRows rows = QuestionRows.open(file)) {
      for (QuestionRows.Row row = rows.next(); row != null; row = rows.next()) {
        if (row.question() == null) {
          throw CommandFailure.failed(row.line());
        }
        questions.add(of(row.question(), row.line(), questions.size() + 1));
      }
    }
    if (questions.isEmpty()) {
      throw CommandFailure.failed("no question in " + file);
    }
    return questions;
  }

  private static GoldQuestion of(String question, String line, int number)
      throws JsonProcessingException {
    JsonNode row = JSON.readTree(line);
    List<String> answers = new ArrayList<>();
    for (JsonNode answer : row.path("answers")) {
      if (!answer.isTextual()) {
        throw CommandFailure.failed("question " + number + ": answers: no text: " + answer);
      }
      answers.add(answer.textValue());
    }
    String passage = row.path("passage").isTextual() ? row.path("passage").textValue() : null;
    if (answers.isEmpty() && passage == null) {
      throw CommandFailure.failed("question " + number + ": neither answers nor passage");
    }
    String id = row.path("id").isValueNode() ? row.path("id").asText() : Integer.toString(number);
    return new GoldQuestion(id, question, answers, passage);
  }
}
