package io.realmstream.deploy.cli.evaluate;

import io.realmstream.deploy.cli.evaluate.EvaluationReport.Reading;
import io.realmstream.deploy.cli.evaluate.EvaluationReport.Retrieval;
import io.realmstream.deploy.cli.evaluate.EvaluationReport.Unanswerable;
import io.realmstream.model.evaluation.ExactMatch;
import io.realmstream.model.evaluation.HeldAnswer;
import io.realmstream.model.evaluation.TokenF1;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Evidence;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares results with what is known of their questions, and adds up. */
final class Judge {
  /** What says that there is no answer, rather than that something went wrong. */
  private static final Set<AnswerStatus> NONE =
      EnumSet.of(AnswerStatus.NO_ANSWER, AnswerStatus.NO_CANDIDATES);

  private final FirstRanks byPassage = new FirstRanks();
  private final FirstRanks byAnswer = new FirstRanks();
  private int questions;
  private int exact;
  private double f1;
  private int withoutAnswer;
  private int unanswerable;
  private int rightlyNone;
  private int read;
  private double noAnswerMass;

  /**
   * Judges an answer.
   *
   * @param result null = none came, which is as wrong as a wrong one
   */
  void answer(GoldQuestion gold, @Nullable AnswerResult result) {
    List<String> answers = gold.answers();
    if (answers == null) {
      return;
    }
    String text =
        result == null || result.read().answer() == null ? null : result.read().answer().text();
    questions++;
    withoutAnswer += text == null ? 1 : 0;
    if (gold.unanswerable()) {
      boolean right = result != null && NONE.contains(result.status());
      unanswerable++;
      rightlyNone += right ? 1 : 0;
      exact += right ? 1 : 0;
      f1 += right ? 1 : 0;
    } else {
      exact += ExactMatch.matches(text, answers) ? 1 : 0;
      f1 += TokenF1.score(text, answers);
    }
    Double mass = result == null ? null : result.read().noAnswerMass();
    if (mass != null) {
      read++;
      noAnswerMass += mass;
    }
  }

  /**
   * Judges the passages.
   *
   * @param passages by rank
   */
  void passages(GoldQuestion gold, List<Evidence> passages) {
    if (!gold.passages().isEmpty()) {
      byPassage.add(firstOf(gold.passages(), documents(passages)));
    }
    List<String> answers = gold.answers();
    if (answers != null && !answers.isEmpty()) {
      HeldAnswer held = new HeldAnswer(answers);
      int rank = 1;
      while (rank <= passages.size() && !held.isIn(passages.get(rank - 1).passage().text())) {
        rank++;
      }
      byAnswer.add(rank <= passages.size() ? rank : 0);
    }
  }

  /** Rank of the first document that is relevant; 0 if none is. */
  private static int firstOf(List<String> relevant, List<String> documents) {
    int rank = 1;
    while (rank <= documents.size() && !relevant.contains(documents.get(rank - 1))) {
      rank++;
    }
    return rank <= documents.size() ? rank : 0;
  }

  /** Each document once, where its best passage stands. */
  static List<String> documents(List<Evidence> passages) {
    Set<String> documents = new LinkedHashSet<>();
    passages.forEach(passage -> documents.add(passage.passage().document()));
    return List.copyOf(documents);
  }

  /** Null when nothing was judged. */
  @Nullable Reading reading() {
    if (questions == 0) {
      return null;
    }
    return new Reading(
        questions,
        (double) exact / questions,
        f1 / questions,
        (double) withoutAnswer / questions,
        read == 0 ? null : noAnswerMass / read,
        unanswerable == 0
            ? null
            : new Unanswerable(unanswerable, (double) rightlyNone / unanswerable));
  }

  @Nullable Retrieval byPassage(int depth) {
    return byPassage.measures(depth);
  }

  @Nullable Retrieval byAnswer(int depth) {
    return byAnswer.measures(depth);
  }
}
