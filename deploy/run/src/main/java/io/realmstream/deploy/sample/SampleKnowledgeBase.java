package io.realmstream.deploy.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Sixty short articles, a question on each, and twelve edits that change a fact.
 *
 * <p>The edited articles are about invented places and people, so that no edit makes something
 * untrue of the real world; the others state general knowledge. An edit leaves the answer of its
 * article's question alone, so that {@link #questions()} hold before and after all edits.
 */
public final class SampleKnowledgeBase {
  private SampleKnowledgeBase() {}

  /**
   * A question that exactly one article answers.
   *
   * @param answers accepted answers, each standing word for word in the article
   * @param document the article's id
   */
  public record Question(String question, List<String> answers, String document) {
    public Question {
      answers = List.copyOf(answers);
    }
  }

  /**
   * A question whose answer an edit changes.
   *
   * @param document the edited article's id
   * @param before accepted answers at revision 1, none of them in revision 2
   * @param after accepted answers at revision 2, none of them in revision 1
   */
  public record EditQuestion(
      String question, String document, List<String> before, List<String> after) {
    public EditQuestion {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /**
   * What a demonstration shows: ask the questions, apply the edit, ask the changed one again.
   *
   * @param questions three questions as they are answered before the edit; the last one is {@code
   *     changed}
   */
  public record Demo(List<Question> questions, DocumentEdit edit, EditQuestion changed) {
    public Demo {
      questions = List.copyOf(questions);
    }
  }

  /** The sixty articles, all of revision 1. */
  public static List<DocumentEdit> documents() {
    return lines("documents.jsonl").map(SampleKnowledgeBase::document).toList();
  }

  /** Sixty questions, one on each article, in the order of {@link #documents()}. */
  public static List<Question> questions() {
    return lines("questions.jsonl").map(line -> row(line, Question.class)).toList();
  }

  /** Revision 2 of twelve articles, each the whole article. */
  public static List<DocumentEdit> edits() {
    return lines("edits.jsonl").map(SampleKnowledgeBase::document).toList();
  }

  /** Twelve questions, one on each edit, in the order of {@link #edits()}. */
  public static List<EditQuestion> editQuestions() {
    return lines("edit-questions.jsonl").map(line -> row(line, EditQuestion.class)).toList();
  }

  /** Two questions on the real world, and one on an article that is then edited. */
  public static Demo demo() {
    EditQuestion changed = only(editQuestions(), "skellan-ridge-race", EditQuestion::document);
    List<Question> questions =
        List.of(
            only(questions(), "octopus", Question::document),
            only(questions(), "bauhaus", Question::document),
            new Question(changed.question(), changed.before(), changed.document()));
    return new Demo(questions, only(edits(), changed.document(), DocumentEdit::id), changed);
  }

  private static <T> T only(List<T> rows, String document, Function<T, String> documentOf) {
    return rows.stream()
        .filter(row -> documentOf.apply(row).equals(document))
        .findFirst()
        .orElseThrow();
  }

  private static DocumentEdit document(String line) {
    try {
      return Codecs.DOCUMENT_EDIT.decode(line.getBytes(StandardCharsets.UTF_8));
    } catch (BadRecordException bad) {
      throw new IllegalStateException("Not a document edit: " + line, bad);
    }
  }

  private static <T> T row(String line, Class<T> type) {
    try {
      return Json.MAPPER.readValue(line, type);
    } catch (JsonProcessingException bad) {
      throw new IllegalStateException("Not a " + type.getSimpleName() + ": " + line, bad);
    }
  }

  private static Stream<String> lines(String resource) {
    try (InputStream in = SampleKnowledgeBase.class.getResourceAsStream(resource)) {
      byte[] bytes = Objects.requireNonNull(in, resource).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
