package io.realmstream.model.marginal;

import static io.realmstream.model.marginal.Readings.passage;
import static io.realmstream.model.marginal.Readings.readingUpTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.reader.PassageReading;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Passages of p(z|x) = 6/10, 3/10 and 1/10, of one or two words, each word an answer. */
class CertaintyTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;

  private static final Candidate FIRST = passage(1, Math.log(6), "Rome Oslo");
  private static final Candidate SECOND = passage(2, Math.log(3), "Oslo Rome");
  private static final Candidate THIRD = passage(3, 0, "Rome");

  @ParameterizedTest
  @EnumSource
  void nothingIsCertainBeforeAnythingIsReadAndAllIsWhenAllIs(Decoding decoding) {
    Certainty certainty = certainty(decoding);
    assertThat(certainty.isCertain()).isFalse();
    assertThat(certainty.unreadMass()).isCloseTo(1, within(1e-15));
    certainty.add(nothing());
    certainty.add(nothing());
    assertThat(certainty.isCertain()).as("without an answer so far").isFalse();
    assertThat(certainty.unreadMass()).isCloseTo(0.1, within(1e-15));
    certainty.add(nothing());
    assertThat(certainty.isCertain()).isTrue();
    assertThat(certainty.unreadMass()).isZero();
  }

  @Test
  void leaderMustBeAheadOfTheNextStringByMoreThanIsUnread() {
    // Rome has 0.6 p, Oslo 0.6 (1 - p), and 0.4 is unread: certain from p = 5/6 on
    assertThat(afterFirst(Decoding.MARGINAL, 0.84).isCertain()).isTrue();
    assertThat(afterFirst(Decoding.MARGINAL, 0.83).isCertain()).isFalse();
  }

  @Test
  void stringThatWasNotSeenYetMayHaveAllThatIsUnread() {
    // the rest of the first passage is "no answer": Rome has 0.6 p against 0.4
    Certainty ahead = certainty(Decoding.MARGINAL);
    ahead.add(readingUpTo(1, "Rome Oslo", odds(0.68), 0, -100, 0, 0));
    Certainty behind = certainty(Decoding.MARGINAL);
    behind.add(readingUpTo(1, "Rome Oslo", odds(0.66), 0, -100, 0, 0));

    assertThat(ahead.isCertain()).isTrue();
    assertThat(behind.isCertain()).isFalse();
  }

  @Test
  void whatOtherPassagesSayOfAStringAddsUp() {
    // after the second: Rome .6 * .6 + .3 * .6 = .54, Oslo .36, unread .1
    Certainty certainty = afterFirst(Decoding.MARGINAL, 0.6);
    certainty.add(readingUpTo(1, "Oslo Rome", NONE, 0, odds(0.4), 0, 0));

    assertThat(certainty.isCertain()).isTrue();
  }

  @Test
  void tieWithWhatIsUnreadIsNotCertain() {
    List<Candidate> halves = List.of(passage(1, 0, "Rome"), passage(2, 0, "Oslo"));
    for (Decoding decoding : Decoding.values()) {
      Certainty certainty =
          new Certainty(halves, List.of(0, 1), options(decoding, AnswerThresholds.NONE));
      certainty.add(readingUpTo(1, "Rome", NONE, 0, 0));
      assertThat(certainty.isCertain()).as("%s", decoding).isFalse();
    }
  }

  @Test
  void bestSpanMustBeAboveTheNextPassageNotAboveAllThatIsUnread() {
    // the best span has 0.6 p: above 0.3 from p = 1/2 on; its string need not lead by 0.4
    assertThat(afterFirst(Decoding.MAX_SPAN, 0.51).isCertain()).isTrue();
    Certainty below = certainty(Decoding.MAX_SPAN);
    below.add(readingUpTo(1, "Rome Oslo", odds(0.49), 0, -100, 0, 0));
    assertThat(below.isCertain()).isFalse();
  }

  @Test
  void stringsThatAreNoAnswersNeitherLeadNorFollow() {
    List<Candidate> candidates = List.of(passage(1, Math.log(9), "the"), passage(2, 0, "Rome"));
    for (Decoding decoding : Decoding.values()) {
      Certainty certainty =
          new Certainty(candidates, List.of(0, 1), options(decoding, AnswerThresholds.NONE));
      certainty.add(readingUpTo(1, "the", NONE, 0, 0));
      assertThat(certainty.isCertain()).as("%s", decoding).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotToBeReadIsNoReasonToReadOn(Decoding decoding) {
    Certainty certainty =
        new Certainty(
            List.of(FIRST, SECOND, THIRD), List.of(0), options(decoding, AnswerThresholds.NONE));
    assertThat(certainty.unreadMass()).isCloseTo(0.6, within(1e-15));
    certainty.add(readingUpTo(1, "Rome Oslo", 5, 0, 0, 0, 0));

    assertThat(certainty.isCertain()).isTrue();
    assertThat(certainty.unreadMass()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void answerIsCertainlyWithheldOnceTheNoAnswerMassIsAboveItsThreshold(Decoding decoding) {
    // the first passage says "no answer" with 0.6 p, and 0.4 is unread
    AnswerThresholds half = new AnswerThresholds(0.5, null);
    assertThat(saysNothing(decoding, half, 0.84).isCertain()).as("0.504").isTrue();
    assertThat(saysNothing(decoding, half, 0.83).isCertain()).as("0.498").isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void passageThatIsNotToBeReadCountsAsNoAnswerFromTheBeginning(Decoding decoding) {
    List<Candidate> ranked = List.of(FIRST, SECOND, THIRD);
    QueryOptions options = options(decoding, new AnswerThresholds(0.09, null));
    Certainty certainty = new Certainty(ranked, List.of(0, 1), options);
    assertThat(certainty.isCertain()).as("the first is always read").isFalse();
    certainty.add(readingUpTo(1, "Rome Oslo", NONE, 0, 0, 0, 0));
    assertThat(certainty.isCertain()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void answerIsCertainlyWithheldWhenNoStringCanReachTheProbability(Decoding decoding) {
    // Rome has 0.6 (1 - p) of the first passage, and no string more than 0.4 above that
    AnswerThresholds ninety = new AnswerThresholds(null, 0.9);
    assertThat(saysNothing(decoding, ninety, 0.17).isCertain()).as("to .898").isTrue();
    assertThat(saysNothing(decoding, ninety, 0.16).isCertain()).as("to .904").isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void leaderIsNotCertainWhileItMayStillBeWithheld(Decoding decoding) {
    // Rome .57 of .6, "no answer" .03, unread .4: the answer is Rome
    assertThat(saysNothing(decoding, AnswerThresholds.NONE, 0.05).isCertain()).isTrue();
    assertThat(saysNothing(decoding, new AnswerThresholds(0.44, 0.56), 0.05).isCertain()).isTrue();
    assertThat(saysNothing(decoding, new AnswerThresholds(0.42, null), 0.05).isCertain()).isFalse();
    assertThat(saysNothing(decoding, new AnswerThresholds(null, 0.58), 0.05).isCertain()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void thresholdsThatWithholdNothingAskForNoReading(Decoding decoding) {
    assertThat(saysNothing(decoding, new AnswerThresholds(1.0, 0.0), 0.05).isCertain()).isTrue();
  }

  /** After the first passage: "no answer" with probability p, else Rome. */
  private static Certainty saysNothing(Decoding decoding, AnswerThresholds thresholds, double p) {
    Certainty certainty =
        new Certainty(
            List.of(FIRST, SECOND, THIRD), List.of(0, 1, 2), options(decoding, thresholds));
    certainty.add(readingUpTo(1, "Rome Oslo", -odds(p), 0, -1000, 0, 0));
    return certainty;
  }

  /** The reader prefers Rome to Oslo as p to 1 - p. */
  private static Certainty afterFirst(Decoding decoding, double p) {
    Certainty certainty = certainty(decoding);
    certainty.add(readingUpTo(1, "Rome Oslo", NONE, 0, odds(p), 0, 0));
    return certainty;
  }

  private static Certainty certainty(Decoding decoding) {
    return new Certainty(
        List.of(FIRST, SECOND, THIRD), List.of(0, 1, 2), options(decoding, AnswerThresholds.NONE));
  }

  private static QueryOptions options(Decoding decoding, AnswerThresholds thresholds) {
    return new QueryOptions(
        Normalization.PAPER,
        decoding,
        Competition.OPEN,
        4,
        Reading.CERTAIN,
        null,
        thresholds,
        null);
  }

  /** The score of an outcome beside one that has score 0 and probability p. */
  private static double odds(double p) {
    return Math.log((1 - p) / p);
  }

  /** Of a passage without tokens. */
  private static PassageReading nothing() {
    return readingUpTo(1, "", 0);
  }
}
