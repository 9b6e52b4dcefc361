package io.realmstream.model.marginal;

import static io.realmstream.model.marginal.Readings.passage;
import static io.realmstream.model.marginal.Readings.readingUpTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.reader.PassageReading;
import io.realmstream.schemas.query.Decoding;
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
      Certainty certainty = new Certainty(halves, List.of(0, 1), decoding);
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
      Certainty certainty = new Certainty(candidates, List.of(0, 1), decoding);
      certainty.add(readingUpTo(1, "the", NONE, 0, 0));
      assertThat(certainty.isCertain()).as("%s", decoding).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotToBeReadIsNoReasonToReadOn(Decoding decoding) {
    Certainty certainty = new Certainty(List.of(FIRST, SECOND, THIRD), List.of(0), decoding);
    assertThat(certainty.unreadMass()).isCloseTo(0.6, within(1e-15));
    certainty.add(readingUpTo(1, "Rome Oslo", 5, 0, 0, 0, 0));

    assertThat(certainty.isCertain()).isTrue();
    assertThat(certainty.unreadMass()).isZero();
  }

  /** The reader prefers Rome to Oslo as p to 1 - p. */
  private static Certainty afterFirst(Decoding decoding, double p) {
    Certainty certainty = certainty(decoding);
    certainty.add(readingUpTo(1, "Rome Oslo", NONE, 0, odds(p), 0, 0));
    return certainty;
  }

  private static Certainty certainty(Decoding decoding) {
    return new Certainty(List.of(FIRST, SECOND, THIRD), List.of(0, 1, 2), decoding);
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
