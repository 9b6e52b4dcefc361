package io.realmstream.model.masked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.ReferenceMarginal;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.ReferenceScore;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Cases that can be followed with a pencil: a vocabulary of three tokens. */
class MaskedLmTest {
  private static final Offset<Double> CLOSE = within(1e-7);

  /** p(z|x) = 3/4 and 1/4. */
  private static final List<Candidate> TWO =
      List.of(passage(1, Math.log(3)), Candidate.nullDocument(0));

  @Test
  void singleMaskIsTheMixtureOfWhatEachCandidateSays() {
    MaskedAnswer answer =
        MaskedLm.answer(TWO, List.of(reading(row(.2, .7, .1)), reading(row(.6, .2, .2))), 2);

    assertThat(answer.masks()).containsExactly(answer.sequences());
    assertThat(answer.sequences()).extracting(t -> t.ids().get(0)).containsExactly(1, 0);
    assertThat(answer.sequences().get(0).probability()).isCloseTo(.575, CLOSE); // .525 + .05
    assertThat(answer.sequences().get(1).probability()).isCloseTo(.3, CLOSE); // .15 + .15
    MaskedAnswer.Evidence passage = answer.evidence().get(0);
    assertThat(passage.probability()).isCloseTo(.75, CLOSE);
    assertThat(passage.answerProbability()).isCloseTo(.7, CLOSE);
    assertThat(passage.posterior()).isCloseTo(.525 / .575, CLOSE);
    assertThat(passage.utility()).isCloseTo(.525 / .575 - .75, CLOSE);
    assertThat(passage.retrievalUtility()).isCloseTo(Math.log(.7 / .2), CLOSE);
    assertThat(answer.evidence().get(1).retrievalUtility()).isEqualTo(0);
  }

  @Test
  void severalMasksAreDecodedTogether() {
    // (1, 0) has .5 * .3 * .1 + .5 * .7 * .9
    List<MaskReading> readings =
        List.of(
            reading(row(.6, .3, .1), row(.1, .6, .3)),
            reading(row(.24, .7, .06), row(.9, .05, .05)));
    List<Candidate> candidates = List.of(passage(1, 0), passage(2, 0));
    MaskedAnswer answer = MaskedLm.answer(candidates, readings, 3);

    PlainMasked plain = new PlainMasked(candidates, readings);
    assertThat(answer.masks().get(0).get(0).ids()).containsExactly(1);
    assertThat(answer.masks().get(1).get(0).ids()).containsExactly(0);
    assertThat(answer.sequences().get(0).ids()).containsExactly(1, 0);
    assertThat(answer.sequences().get(0).probability())
        .isCloseTo(.5 * .3 * .1 + .5 * .7 * .9, CLOSE)
        .isCloseTo(plain.joint(List.of(1, 0)), CLOSE);
    assertThat(answer.sequences().get(1).ids()).containsExactly(0, 1);
  }

  @Test
  void jointDecodingFindsWhatNoMaskPrefersByItself() {
    // token 2 leads at each mask (.39), and (0, 0) together: .29 against .25
    List<MaskReading> readings =
        List.of(
            reading(row(.9, .05, .05), row(.9, .05, .05)),
            reading(row(.05, .55, .4), row(.05, .4, .55)),
            reading(row(.05, .2, .75), row(.05, .2, .75)));
    List<Candidate> candidates = List.of(passage(1, .1), passage(2, 0), passage(3, 0));
    MaskedAnswer answer = MaskedLm.answer(candidates, readings, 3);

    assertThat(answer.masks()).extracting(m -> m.get(0).ids()).containsOnly(List.of(2));
    assertThat(answer.sequences().get(0).ids()).containsExactly(0, 0);
  }

  /** (2, 0) is the second best of both candidates: .45 in all, against .26 for the best of each. */
  @Test
  void answerOfSeveralMasksDoesNotDependOnHowManyAreTold() {
    List<MaskReading> readings =
        List.of(
            reading(row(.52, .03, .45), row(.98, .01, .01)),
            reading(row(.03, .52, .45), row(.98, .01, .01)));
    List<Candidate> candidates = List.of(passage(1, 0), passage(2, 0));

    for (int top = 1; top <= 9; top++) {
      MaskedAnswer answer = MaskedLm.answer(candidates, readings, top);
      assertThat(answer.sequences()).hasSize(top);
      assertThat(answer.sequences().get(0).ids()).containsExactly(2, 0);
    }
  }

  /** What is known of token 1 is 3/4 * .7, and 1/4 is unread. */
  @Test
  void unreadCandidateAddsNothingAndIsTold() {
    MaskedAnswer answer =
        MaskedLm.answer(TWO, List.of(reading(row(.2, .7, .1)), MaskReading.UNREAD), 2);

    assertThat(answer.unreadMass()).isCloseTo(.25, CLOSE);
    assertThat(answer.sequences().get(0).ids()).containsExactly(1);
    assertThat(answer.sequences().get(0).probability()).isCloseTo(.525, CLOSE);
    MaskedAnswer.Evidence passage = answer.evidence().get(0);
    assertThat(passage.probability()).isCloseTo(.75, CLOSE);
    assertThat(passage.posterior()).isEqualTo(1);
    assertThat(passage.retrievalUtility()).as("the null document is unread").isNull();
    MaskedAnswer.Evidence unread = answer.evidence().get(1);
    assertThat(unread.probability()).isCloseTo(.25, CLOSE);
    assertThat(unread.posterior()).isEqualTo(0);
    assertThat(unread.retrievalUtility()).isNull();
  }

  @Test
  void equalTokensStandByTheirIds() {
    MaskedAnswer one = MaskedLm.answer(TWO, List.of(flat(1), flat(1)), 3);
    MaskedAnswer two = MaskedLm.answer(TWO, List.of(flat(2), flat(2)), 2);

    assertThat(one.sequences()).extracting(t -> t.ids().get(0)).containsExactly(0, 1, 2);
    assertThat(two.sequences())
        .extracting(MaskedAnswer.Tokens::ids)
        .containsExactly(List.of(0, 0), List.of(0, 1));
  }

  @Test
  void withoutTheNullDocumentThereIsNoRetrievalUtility() {
    MaskedAnswer answer =
        MaskedLm.answer(List.of(passage(1, 5)), List.of(reading(row(.2, .7, .1))), 1);

    MaskedAnswer.Evidence passage = answer.evidence().get(0);
    assertThat(passage.probability()).isEqualTo(1);
    assertThat(passage.utility()).isEqualTo(0);
    assertThat(passage.retrievalUtility()).isNull();
  }

  /** p = 3/4 (.2 + .1) + 1/4 (.6 + .2) = .225 + .2. */
  @Test
  void referencesAreOneAndEqualOnesCountOnce() {
    ReferenceMarginal marginal =
        MaskedLm.references(
            TWO,
            List.of(reading(row(.2, .7, .1)), reading(row(.6, .2, .2))),
            List.of(List.of(0), List.of(2), List.of(0)));

    assertThat(marginal.logProbability()).isCloseTo(Math.log(.425), CLOSE);
    ReferenceScore passage = marginal.passages().get(0);
    assertThat(passage.logProbability()).isCloseTo(Math.log(.3), CLOSE);
    assertThat(passage.posterior()).isCloseTo(.225 / .425, CLOSE);
    assertThat(marginal.passages().get(1).logProbability()).isCloseTo(Math.log(.8), CLOSE);
    assertThat(marginal.passages().get(1).posterior()).isCloseTo(.2 / .425, CLOSE);
  }

  @Test
  void readingsOfDifferentShapesAreRefused() {
    MaskReading one = reading(row(.2, .7, .1));
    refused(List.of(one), "1 readings of 2 candidates");
    refused(List.of(one, flat(2)), "2 masks were read, not 1");
    refused(List.of(one, reading(new float[] {1, 2})), "2 logits, not 3");
    refused(List.of(one, reading(new float[] {1, 2, Float.NaN})), "NaN or infinite");
    refused(List.of(one, reading(new float[] {1, Float.POSITIVE_INFINITY, 2})), "NaN or infinite");
    refused(List.of(one, reading(new float[] {1, Float.NEGATIVE_INFINITY, 2})), "NaN or infinite");
    refused(List.of(MaskReading.UNREAD, MaskReading.UNREAD), "nothing was read");
    assertThatThrownBy(() -> MaskedLm.references(TWO, List.of(one, one), List.of(List.of(0, 0))))
        .hasMessageContaining("2 tokens for 1 masks");
  }

  private static void refused(List<MaskReading> readings, String why) {
    assertThatThrownBy(() -> MaskedLm.answer(TWO, readings, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static Candidate passage(int uid, double score) {
    return new Candidate(new Hash128(0, uid), new Hash128(1, uid), score, "", null);
  }

  private static MaskReading flat(int masks) {
    return new MaskReading(new float[masks][3], false);
  }

  private static MaskReading reading(float[]... rows) {
    return new MaskReading(rows, false);
  }

  /** Logits of given probabilities; as float32 they are exact to a relative 1e-7. */
  private static float[] row(double... probabilities) {
    float[] logits = new float[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(probabilities[i]);
    }
    return logits;
  }
}
