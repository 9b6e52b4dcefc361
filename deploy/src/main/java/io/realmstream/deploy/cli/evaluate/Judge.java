package io.realmstream.deploy.cli.evaluate;

import io.realmstream.deploy.cli.evaluate.EvaluationReport.Reading;
import io.realmstream.deploy.cli.evaluate.EvaluationReport.Retrieval;
import io.realmstream.model.evaluation.ExactMatch;
import io.realmstream.model.evaluation.HeldAnswer;
import io.realmstream.model.evaluation.TokenF1;
import io.realmstream.schemas.query.AnswerResult;
import io.realmstream.schemas.query.Evidence;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares results with what is known of their questions, and adds up. */
final class Judge {
  private final FirstRanks byPassage = new FirstRanks();
  private final FirstRanks byAnswer = new FirstRanks();
  private int questions;
  private int exact;
  private double f1;
  private int withoutAnswer;
  private int read;
  private double noAnswerMass;

  /**
   * Judges an answer.
   *
   * @param result null = none came, which is as wrong as a wrong one
   */
  void answer(GoldQuestion gold, @Nullable AnswerResult result) {
    if (gold.answers().isEmpty()) {
      return;
    }
    String text = result == null || result.answer() == null ? null : result.answer().text();
    questions++;
    exact += ExactMatch.matches(text, gold.answers()) ? 1 : 0;
    f1 += TokenF1.score(text, gold.answers());
    withoutAnswer += text == null ? 1 : 0;
    Double mass = result == null ? null : result.noAnswerMass();
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
    if (gold.passage() != null) {
      byPassage.add(documents(passages).indexOf(gold.passage()) + 1);
    }
    if (!gold.answers().isEmpty()) {
      HeldAnswer held = new HeldAnswer(gold.answers());
      int rank = 1;
      while (rank <= passages.size() && !held.isIn(passages.get(rank - 1).text())) {
        rank++;
      }
      byAnswer.add(rank <= passages.size() ? rank : 0);
    }
  }

  /** Each document once, where its best passage stands. */
  static List<String> documents(List<Evidence> passages) {
    Set<String> documents = new LinkedHashSet<>();
    passages.forEach(passage -> documents.add(passage.document()));
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
        read == 0 ? null : noAnswerMass / read);
  }

  @Nullable Retrieval byPassage(int depth) {
    return byPassage.measures(depth);
  }

  @Nullable Retrieval byAnswer(int depth) {
    return byAnswer.measures(depth);
  }
}
