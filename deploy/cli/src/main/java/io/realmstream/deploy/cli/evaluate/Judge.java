package io.realmstream.deploy.cli.evaluate;

import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Confidence;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Reading;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Retrieval;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Unanswerable;
import io.realmstream.model.evaluation.ExactMatch;
import io.realmstream.model.evaluation.HeldAnswer;
import io.realmstream.model.evaluation.JudgedAnswer;
import io.realmstream.model.evaluation.Reliability;
import io.realmstream.model.evaluation.RiskCoverage;
import io.realmstream.model.evaluation.RocArea;
import io.realmstream.model.evaluation.TokenF1;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.ReadAnswers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
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
  private final List<JudgedAnswer> judged = new ArrayList<>();
  private double unreadMass;

  /**
   * Judges an answer.
   *
   * @param result null = none came, which is as wrong as a wrong one
   * @return whether it is right; also true when the right answer is unknown
   */
  boolean answer(GoldQuestion gold, @Nullable AnswerResult result) {
    List<String> answers = gold.answers();
    if (answers == null) {
      return true;
    }
    String text =
        result == null || result.read().answer() == null ? null : result.read().answer().text();
    boolean right = isRight(gold, answers, result, text);
    questions++;
    withoutAnswer += text == null ? 1 : 0;
    exact += right ? 1 : 0;
    if (gold.unanswerable()) {
      unanswerable++;
      rightlyNone += right ? 1 : 0;
      f1 += right ? 1 : 0;
    } else {
      f1 += TokenF1.score(text, answers);
    }
    if (result != null && result.read().noAnswerMass() != null) {
      read++;
      noAnswerMass += result.read().noAnswerMass();
      confidence(answers, result.read());
    }
    return right;
  }

  private static boolean isRight(
      GoldQuestion gold,
      List<String> answers,
      @Nullable AnswerResult result,
      @Nullable String text) {
    return gold.unanswerable()
        ? result != null && NONE.contains(result.status())
        : ExactMatch.matches(text, answers);
  }

  /**
   * An answer that a threshold withholds has a probability, too. Where the checkpoint has a curve,
   * the confidence is judged.
   */
  private void confidence(List<String> answers, ReadAnswers read) {
    AnswerCandidate best = read.answer() == null ? read.withheld() : read.answer();
    if (best != null) {
      double mass = Objects.requireNonNullElse(read.noAnswerMass(), 0.0);
      boolean right = ExactMatch.matches(best.text(), answers);
      double confidence = Objects.requireNonNullElse(read.confidence(), best.probability());
      judged.add(new JudgedAnswer(Math.min(1, confidence), mass, right));
      unreadMass += Objects.requireNonNullElse(read.unreadMass(), 0.0);
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
            : new Unanswerable(unanswerable, (double) rightlyNone / unanswerable),
        confidence());
  }

  private @Nullable Confidence confidence() {
    return judged.isEmpty()
        ? null
        : new Confidence(
            judged.size(),
            unreadMass / judged.size(),
            Reliability.of(judged),
            RiskCoverage.of(judged),
            RocArea.of(judged));
  }

  @Nullable Retrieval byPassage(int depth) {
    return byPassage.measures(depth);
  }

  @Nullable Retrieval byAnswer(int depth) {
    return byAnswer.measures(depth);
  }
}
