package io.realmstream.deploy.cli.evaluate.robustness;

import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.model.evaluation.ExactMatch;
import io.realmstream.model.evaluation.HeldAnswer;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.document.DocumentEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A question with the passages that it is tried with.
 *
 * @param document the one that holds the answer, of one passage
 * @param gold uid of that passage
 * @param hard uids of the nearest passages without an accepted answer, the nearest first
 * @param random uids of passages without one, from anywhere
 */
record Trial(
    GoldQuestion question,
    DocumentEdit document,
    String gold,
    List<String> hard,
    List<String> random) {
  /** Passages without the answer beside the one that holds it, at most. */
  static final int NOISE_MAX = 9;

  /** How many of these stand beside it where noise is not what is tried. */
  static final int BESIDE = 4;

  /**
   * A question that may become a trial, with the document that holds its answer.
   *
   * @param passages retrieved for it
   */
  record Draft(GoldQuestion question, DocumentEdit document, List<Evidence> passages) {

    /**
     * The trial; null when the passage with the answer, or enough of the others, are not among
     * those that were retrieved.
     *
     * @param anywhere passages of all kinds of documents
     */
    @Nullable Trial trial(List<Evidence> anywhere) {
      HeldAnswer held = new HeldAnswer(Objects.requireNonNull(question.answers()));
      String gold = null;
      List<String> hard = new ArrayList<>();
      for (Evidence passage : passages) {
        if (passage.passage().document().equals(document.id())) {
          gold = passage.uid();
        } else if (hard.size() < NOISE_MAX && isFree(passage, held)) {
          hard.add(passage.uid());
        }
      }
      List<String> random =
          anywhere.stream()
              .filter(passage -> !passage.passage().document().equals(document.id()))
              .filter(passage -> isFree(passage, held) && !hard.contains(passage.uid()))
              .map(Evidence::uid)
              .distinct()
              .limit(NOISE_MAX)
              .toList();
      return gold == null || hard.size() < NOISE_MAX || random.size() < NOISE_MAX
          ? null
          : new Trial(question, document, gold, hard, random);
    }

    /**
     * Whether a passage holds no accepted answer, neither in its text nor in its title, which the
     * reader may see.
     */
    private static boolean isFree(Evidence passage, HeldAnswer held) {
      return !held.isIn(passage.passage().title() + "\n" + passage.passage().text());
    }
  }

  List<String> answers() {
    return Objects.requireNonNull(question.answers());
  }

  /** The passage with the answer and some of the nearest others. */
  List<String> withHard(int count) {
    return with(hard.subList(0, count));
  }

  /** The passage with the answer and some others from anywhere. */
  List<String> withRandom(int count) {
    return with(random.subList(0, count));
  }

  private List<String> with(List<String> others) {
    List<String> passages = new ArrayList<>(List.of(gold));
    passages.addAll(others);
    return passages;
  }

  boolean isRight(AnswerResult result) {
    return ExactMatch.matches(text(result), answers());
  }

  /** The answer that was given; null = none. */
  static @Nullable String text(AnswerResult result) {
    AnswerCandidate answer = result.read().answer();
    return answer == null ? null : answer.text();
  }

  /** Whether the result quotes a passage of the document that its present text does not hold. */
  static boolean quotesDeleted(AnswerResult result, String document, String now) {
    return result.passages().stream()
        .filter(passage -> passage.passage().document().equals(document))
        .anyMatch(passage -> now.isEmpty() || !now.contains(passage.passage().text()));
  }
}
