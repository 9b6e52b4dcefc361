package io.realmstream.deploy.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Confidence;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Reading;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Retrieval;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final GoldQuestion GOLD = gold(List.of("Old Trafford"), "p1");

  @Test
  void answersAreJudgedAndMissingOnesAreWrong() {
    Judge judge = new Judge();
    judge.answer(GOLD, Results.answered("the Old Trafford.", 0.25));
    judge.answer(GOLD, Results.answered("Old Trafford ground", 0.5));
    judge.answer(GOLD, Results.unanswered(0.75));
    judge.answer(GOLD, null);
    Reading reading = Objects.requireNonNull(judge.reading());
    assertThat(reading.questions()).isEqualTo(4);
    assertThat(reading.exactMatch()).isEqualTo(0.25);
    // 1, then 2*2/(3+2), then nothing
    assertThat(reading.f1()).isCloseTo((1 + 0.8) / 4, within(1e-15));
    assertThat(reading.noAnswer()).isEqualTo(0.5);
    assertThat(reading.noAnswerMass()).isEqualTo(0.5);
  }

  @Test
  void ofAQuestionWithoutAnswerOnlyThatIsRight() {
    Judge judge = new Judge();
    GoldQuestion none = gold(List.of(), null);
    judge.answer(none, Results.unanswered(0.75));
    judge.answer(none, Results.answered("Old Trafford", 0.5));
    judge.answer(none, null);
    judge.answer(GOLD, Results.answered("Old Trafford", 0.5));
    judge.passages(none, List.of());
    Reading reading = Objects.requireNonNull(judge.reading());
    assertThat(reading.questions()).isEqualTo(4);
    assertThat(reading.exactMatch()).isEqualTo(0.5);
    assertThat(reading.f1()).isEqualTo(0.5);
    assertThat(reading.unanswerable()).isEqualTo(new EvaluationReport.Unanswerable(3, 1 / 3.0));
    assertThat(judge.byAnswer(5)).isNull();
  }

  @Test
  void whatIsWrongIsSaidAndSoIsHowSureAnswersWere() {
    Judge judge = new Judge();
    assertThat(judge.answer(GOLD, Results.answered("Old Trafford", 0.25))).isTrue();
    assertThat(judge.answer(GOLD, Results.answered("Anfield", 0.5))).isFalse();
    assertThat(judge.answer(GOLD, Results.unanswered(0.75))).isFalse();
    assertThat(judge.answer(GOLD, Results.withheld("Old Trafford"))).isFalse();
    assertThat(judge.answer(gold(List.of(), null), Results.withheld("Anfield"))).isTrue();
    assertThat(judge.answer(gold(null, "p1"), null)).as("nobody knows").isTrue();

    Confidence confidence =
        Objects.requireNonNull(Objects.requireNonNull(judge.reading()).confidence());
    // p = .5 twice, right once; withheld with .25, once right and once wrong
    assertThat(confidence.answers()).isEqualTo(4);
    assertThat(confidence.reliability().calibrationError()).isCloseTo(0.125, within(1e-12));
    assertThat(confidence.rocArea()).isEqualTo(0.5);
    assertThat(confidence.unreadMass()).isCloseTo(0.0625, within(1e-12));
  }

  @Test
  void whereAnswersHaveAConfidenceItIsJudgedInsteadOfP() {
    Judge judge = new Judge();
    assertThat(judge.answer(GOLD, Results.confident("Old Trafford", 0.875))).isTrue();
    Confidence confidence =
        Objects.requireNonNull(Objects.requireNonNull(judge.reading()).confidence());

    assertThat(confidence.reliability().bins().get(0).probability()).isEqualTo(0.875);
  }

  @Test
  void ofSeveralPassagesTheFirstCounts() {
    Judge judge = new Judge();
    judge.passages(
        new GoldQuestion("1", "where", null, List.of("p1", "p2")),
        Results.evidence(row("p7", ""), row("p2", ""), row("p1", "")));
    assertThat(Objects.requireNonNull(judge.byPassage(5)).mrr()).isEqualTo(0.5);
  }

  @Test
  void aDocumentCountsOnceAmongTheFirst() {
    Judge judge = new Judge();
    judge.passages(
        GOLD,
        Results.evidence(
            row("p7", "nothing"), row("p7", "nothing"), row("p1", "nothing"), row("p2", "none")));
    Retrieval byPassage = Objects.requireNonNull(judge.byPassage(100));
    assertThat(byPassage.mrr()).isEqualTo(0.5);
    assertThat(Objects.requireNonNull(judge.byAnswer(100)).mrr()).isZero();
  }

  @Test
  void aPassageThatHoldsTheAnswerNeedNotBeTheRowsOwn() {
    Judge judge = new Judge();
    judge.passages(
        GOLD, Results.evidence(row("p2", "trafford"), row("p3", "at old Trafford"), row("p1", "")));
    assertThat(Objects.requireNonNull(judge.byAnswer(100)).mrr()).isEqualTo(0.5);
    assertThat(Objects.requireNonNull(judge.byPassage(100)).mrr())
        .isCloseTo(1 / 3.0, within(1e-15));
  }

  @Test
  void whatARowDoesNotTellIsNotMeasured() {
    Judge judge = new Judge();
    judge.answer(gold(null, "p1"), Results.answered("any", 0));
    judge.passages(gold(null, "p1"), List.of());
    judge.passages(gold(List.of("x"), null), List.of());
    assertThat(judge.reading()).isNull();
    assertThat(Objects.requireNonNull(judge.byPassage(5)).questions()).isEqualTo(1);
    assertThat(Objects.requireNonNull(judge.byAnswer(5)).questions()).isEqualTo(1);
  }

  private static String[] row(String document, String text) {
    return new String[] {document, text};
  }

  private static GoldQuestion gold(@Nullable List<String> answers, @Nullable String passage) {
    return new GoldQuestion("1", "where", answers, passage == null ? List.of() : List.of(passage));
  }
}
