package io.realmstream.model.masked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.masked.MaskedAnswer.Tokens;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Candidates of p(z|x) = 6/10, 3/10 and 1/10; then random ones. */
class MaskCertaintyTest {
  private static final List<Candidate> THREE =
      List.of(candidate(1, Math.log(6)), candidate(2, Math.log(3)), candidate(3, 0));
  private static final List<Integer> BY_RANK = List.of(0, 1, 2);
  private static final int QUESTIONS = 10_000;
  private static final int VOCABULARY = 5;

  /** How much a sum of probabilities may be rounded. */
  private static final double ROUNDED = 1e-11;

  @Test
  void leaderMustBeAheadOfEveryOtherTokenByMoreThanIsUnread() {
    // 0.6 p against 0.6 (1 - p), and 0.4 is unread: certain from p = 5/6 on
    assertThat(certainty(1).test(row(.84, .16, 0))).isTrue();
    assertThat(certainty(1).test(row(.83, .17, 0))).isFalse();
    // the third token takes what the second does not
    assertThat(certainty(1).test(row(.76, .12, .12))).isFalse();
    assertThat(certainty(1).test(row(.79, .105, .105))).isTrue();
  }

  @Test
  void whatFurtherCandidatesSayAddsUp() {
    // after the second: .6 * .6 + .3 * .6 = .54 against .36, and .1 is unread
    MaskCertainty certainty = certainty(1);
    assertThat(certainty.test(row(.6, .4, 0))).isFalse();
    assertThat(certainty.test(row(.6, .4, 0))).isTrue();
  }

  @Test
  void allIsCertainOnceAllIsReadThoughItIsATie() {
    MaskCertainty certainty = certainty(0);
    assertThat(certainty.test(row(.5, .5, 0))).isFalse();
    assertThat(certainty.test(row(.5, .5, 0))).isFalse();
    assertThat(certainty.test(row(.5, .5, 0))).isTrue();
  }

  @Test
  void tieWithWhatIsUnreadIsNotCertain() {
    List<Candidate> halves = List.of(candidate(1, 0), candidate(2, 0));
    assertThat(new MaskCertainty(halves, List.of(0, 1), 1).test(row(1, 0, 0))).isFalse();
  }

  @Test
  void readingGoesOnWhileMoreIsUnreadThanMayBe() {
    assertThat(certainty(.41).test(row(1, 0, 0))).isTrue();
    assertThat(certainty(.39).test(row(1, 0, 0))).isFalse();
  }

  @Test
  void placesSayWhatIsReadFirst() {
    // the second candidate has .3, and .7 is unread; with the first .9, and .1 is
    MaskCertainty certainty = new MaskCertainty(THREE, List.of(1, 0, 2), 1);
    assertThat(certainty.test(row(1, 0, 0))).isFalse();
    assertThat(certainty.test(row(1, 0, 0))).isTrue();
  }

  @Test
  void logitThatIsNoNumberIsRefused() {
    MaskReading reading = new MaskReading(new float[][] {{0, Float.NaN}}, false);
    assertThatThrownBy(() -> certainty(1).test(reading))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a logit is NaN or infinite");
  }

  /** Any order of reading is allowed; logits are spread by so much. */
  @ParameterizedTest
  @ValueSource(doubles = {0, .5, 3, 100})
  void tokenThatIsCertainIsTheTokenFromAllCandidates(double spread) {
    int early = 0;
    int late = 0;
    for (int seed = 0; seed < QUESTIONS; seed++) {
      Random random = new Random(seed);
      List<Candidate> ranked = candidates(random);
      List<MaskReading> known = ranked.stream().map(z -> reading(random, spread)).toList();
      List<Integer> places = new ArrayList<>(IntStream.range(0, ranked.size()).boxed().toList());
      Collections.shuffle(places, random);
      MaskCertainty certainty = new MaskCertainty(ranked, places, 1);
      List<MaskReading> read =
          new ArrayList<>(Collections.nCopies(ranked.size(), MaskReading.UNREAD));
      int count = 0;
      boolean certain = false;
      while (!certain) {
        int place = places.get(count++);
        read.set(place, known.get(place));
        certain = certainty.test(known.get(place));
      }

      String question = "seed %d, %d of %d read".formatted(seed, count, ranked.size());
      MaskedAnswer answer = MaskedLm.answer(ranked, read, 1);
      Tokens best = answer.sequences().get(0);
      Tokens all = MaskedLm.answer(ranked, known, 1).sequences().get(0);
      assertThat(best.ids()).as(question).isEqualTo(all.ids());
      assertThat(all.probability())
          .as(question)
          .isBetween(
              best.probability() - ROUNDED, best.probability() + answer.unreadMass() + ROUNDED);
      double exact = new PlainMasked(ranked, known).marginal(0, best.ids().get(0));
      assertThat(all.probability()).as(question).isCloseTo(exact, within(1e-9));
      early += count < ranked.size() ? 1 : 0;
      late += count > 1 ? 1 : 0;
    }
    if (spread > 0) {
      assertThat(early).as("certain before the end").isGreaterThan(QUESTIONS / 100);
    }
    assertThat(late).as("not decided by the first").isGreaterThan(QUESTIONS / 100);
  }

  private static List<Candidate> candidates(Random random) {
    List<Candidate> candidates = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int z = 0; z < count; z++) {
      candidates.add(candidate(z + 1, random.nextInt(4)));
    }
    return candidates.stream().sorted(Candidate.BY_RANK).toList();
  }

  /** Whole steps, so that there are ties. */
  private static MaskReading reading(Random random, double spread) {
    float[] logits = new float[VOCABULARY];
    for (int v = 0; v < VOCABULARY; v++) {
      logits[v] = (float) (spread * random.nextInt(-2, 3));
    }
    return new MaskReading(new float[][] {logits}, false);
  }

  private static MaskCertainty certainty(double unreadMassMax) {
    return new MaskCertainty(THREE, BY_RANK, unreadMassMax);
  }

  private static Candidate candidate(int uid, double score) {
    return new Candidate(new Hash128(0, uid), new Hash128(1, uid), score, "", null);
  }

  /** Logits of given probabilities; 0 becomes one that is next to nothing. */
  private static MaskReading row(double... probabilities) {
    float[] logits = new float[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = probabilities[i] == 0 ? -1_000 : (float) Math.log(probabilities[i]);
    }
    return new MaskReading(new float[][] {logits}, false);
  }
}
