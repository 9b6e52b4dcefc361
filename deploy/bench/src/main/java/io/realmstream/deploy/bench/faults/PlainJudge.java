package io.realmstream.deploy.bench.faults;

import io.realmstream.deploy.bench.faults.History.View;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.query.Query;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whether an answer is right: it quotes edits that it may see, with their scores bit for bit, best
 * first. If it says that it is exact, no document is left out whose every possible edit is better.
 */
final class PlainJudge {
  private final History history;
  private final Scores scores;

  /** f(x,z) of a question's text and a document that is one passage, in a version. */
  @FunctionalInterface
  interface Scores {
    double score(IndexVersion version, String question, DocumentEdit document);
  }

  PlainJudge(History history, Scores scores) {
    this.history = history;
    this.scores = scores;
  }

  /**
   * Why an answer is wrong; null = it is right.
   *
   * @param view what it may see
   */
  @Nullable String fault(Query query, Answer answer, View view) {
    AnswerStatus status = answer.result().status();
    if (status == AnswerStatus.OVERLOADED) {
      return null; // it says so, and claims nothing
    }
    if (status != AnswerStatus.ANSWERED) {
      return status + ": " + answer.result().reason();
    }
    IndexVersion version = answer.result().version();
    if (version == null) {
      return "it names no version";
    }
    ToDoubleFunction<DocumentEdit> score = edit -> scores.score(version, query.text(), edit);
    Set<String> quoted = new HashSet<>();
    double last = Double.POSITIVE_INFINITY;
    for (Evidence evidence : answer.result().passages()) {
      String id = evidence.passage().document();
      DocumentEdit edit = quoted(evidence, view);
      if (edit == null || !quoted.add(id)) {
        return "%s may not be quoted from revision %d".formatted(id, evidence.passage().revision());
      }
      double expected = score.applyAsDouble(edit);
      if (evidence.score() != expected) {
        return "%s has the score %s, not %s".formatted(id, evidence.score(), expected);
      }
      if (expected > last) {
        return id + " is better than those before it";
      }
      last = expected;
    }
    if (!answer.result().coverage().exact()) {
      return null;
    }
    boolean full = quoted.size() == query.passages();
    return leftOut(score, view, quoted, full ? last : Double.NEGATIVE_INFINITY);
  }

  /** The edit that an answer quotes; null = it may see none that is like that. */
  private @Nullable DocumentEdit quoted(Evidence evidence, View view) {
    for (DocumentEdit edit : history.possible(evidence.passage().document(), view)) {
      if (edit != null
          && edit.kind() == EditKind.UPSERT
          && Objects.requireNonNull(edit.revision()) == evidence.passage().revision()
          && edit.text().equals(evidence.passage().text())) {
        return edit;
      }
    }
    return null;
  }

  /** A document with which something is wrong; null = none. */
  private @Nullable String leftOut(
      ToDoubleFunction<DocumentEdit> score, View view, Set<String> quoted, double last) {
    String id = history.find(view, quoted, edit -> score.applyAsDouble(edit) > last);
    return id == null ? null : id + " is left out";
  }
}
