package io.realmstream.deploy.cli.evaluate.questions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ask.QuestionRows;
import io.realmstream.deploy.cli.evaluate.report.WrongAnswer;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.JsonRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question whose answer is known.
 *
 * @param id the row's field {@code id}, else its number, from 1; no two questions have one
 * @param answers accepted ones; empty = there is none, and to say so is right; null = unknown
 * @param passages ids of documents that hold the answer; empty = unknown
 */
public record GoldQuestion(
    String id, String question, @Nullable List<String> answers, List<String> passages) {
  public GoldQuestion {
    answers = answers == null ? null : List.copyOf(answers);
    passages = List.copyOf(passages);
  }

  /**
   * All rows of a file.
   *
   * @throws CommandFailure at the first bad row: an evaluation without it would be another one
   */
  public static List<GoldQuestion> read(QuestionFile file) {
    String name = file.name();
    QuestionRows rows = QuestionRows.withAnswers(name, file.bytes());
    List<GoldQuestion> questions = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (QuestionRows.Row row = rows.next(); row != null; row = rows.next()) {
      if (row.question() == null) {
        throw CommandFailure.failed(row.line());
      }
      int number = questions.size() + 1;
      try {
        questions.add(of(row.question(), row.line(), number, ids));
      } catch (BadRecordException e) {
        throw CommandFailure.failed(name + ": question " + number + ": " + e.getMessage());
      }
    }
    if (questions.isEmpty()) {
      throw CommandFailure.failed("no question in " + name);
    }
    return questions;
  }

  /**
   * A row by itself. One without an id gets a digest of its question, so that it has the same
   * whenever it is read.
   *
   * @throws BadRecordException if the row is bad
   */
  public static GoldQuestion of(QuestionRows.Row row) throws BadRecordException {
    String question = row.question();
    if (question == null) {
      throw new BadRecordException(row.line());
    }
    ObjectNode fields = JsonRow.ofLine(row.line().getBytes(StandardCharsets.UTF_8)).get(0).tree();
    JsonNode given = fields.path("id");
    String id = given.isTextual() || given.isNumber() ? given.asText() : "";
    return of(question, fields, id.isBlank() ? Hash128.ofTexts(question).toString() : id);
  }

  /** Whether it is known that there is no answer. */
  public boolean unanswerable() {
    return answers != null && answers.isEmpty();
  }

  /** The question with its result, to be shown as a wrong answer. */
  public WrongAnswer wrong(@Nullable AnswerResult result) {
    return new WrongAnswer(id, question, answers == null ? List.of() : answers, result);
  }

  private static GoldQuestion of(String question, String line, int number, Set<String> ids)
      throws BadRecordException {
    ObjectNode row = JsonRow.ofLine(line.getBytes(StandardCharsets.UTF_8)).get(0).tree();
    return of(question, row, id(row.path("id"), number, ids));
  }

  private static GoldQuestion of(String question, ObjectNode row, String id)
      throws BadRecordException {
    List<String> answers = GoldFields.answers(row);
    List<String> passages = GoldFields.passages(row);
    if (answers == null && passages.isEmpty()) {
      throw new BadRecordException("neither answers nor passage");
    }
    return new GoldQuestion(id, question, answers, passages);
  }

  /** An id that was there before gets a number. */
  private static String id(JsonNode field, int number, Set<String> ids) {
    String given = field.isTextual() || field.isNumber() ? field.asText() : "";
    String own = given.isBlank() ? Integer.toString(number) : given;
    String id = own;
    for (int again = 2; !ids.add(id); again++) {
      id = own + "#" + again;
    }
    return id;
  }
}
