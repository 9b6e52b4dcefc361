package io.realmstream.model.masked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.ReferenceMarginal;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.ReferenceScore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

/** Spec rules A1-A5 against the formulas as they are written. */
@PropertyDefaults(tries = 200)
class MaskedLmPropertyTest {
  private static final String SEED = "20";
  private static final Offset<Double> CLOSE = within(1e-12);
  private static final int VOCABULARY = 6;

  private record Read(List<Candidate> candidates, List<MaskReading> readings) {
    MaskedAnswer answer(int top) {
      return MaskedLm.answer(candidates, readings, top);
    }

    double log(List<Integer> tokens) {
      return MaskedLm.references(candidates, readings, List.of(tokens)).logProbability();
    }

    Read withScore(int z, double score) {
      List<Candidate> moved = new ArrayList<>(candidates);
      Candidate c = candidates.get(z);
      moved.set(z, new Candidate(c.uid(), c.contentHash(), score, "", null));
      return new Read(moved, readings);
    }
  }

  @Property(seed = SEED)
  void everyFigureIsTheFormulas(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 3) int masks) {
    Read read = read(random, masks, 3);
    PlainMasked plain = new PlainMasked(read.candidates, read.readings);
    MaskedAnswer answer = read.answer(4);

    for (int mask = 0; mask < masks; mask++) {
      for (MaskedAnswer.Tokens token : answer.masks().get(mask)) {
        assertThat(token.probability()).isCloseTo(plain.marginal(mask, token.ids().get(0)), CLOSE);
      }
    }
    for (MaskedAnswer.Tokens sequence : answer.sequences()) {
      assertThat(sequence.probability()).isCloseTo(plain.joint(sequence.ids()), CLOSE);
      assertThat(Math.exp(read.log(sequence.ids()))).isCloseTo(plain.joint(sequence.ids()), CLOSE);
    }
    List<Integer> best = answer.sequences().get(0).ids();
    for (MaskedAnswer.Evidence evidence : answer.evidence()) {
      int z = read.candidates.indexOf(evidence.candidate());
      assertThat(evidence.probability()).isCloseTo(plain.passage(z), CLOSE);
      assertThat(evidence.answerProbability()).isCloseTo(plain.likelihood(z, best), CLOSE);
      assertThat(evidence.posterior()).isCloseTo(plain.posterior(z, best), CLOSE);
      assertThat(evidence.utility()).isCloseTo(plain.posterior(z, best) - plain.passage(z), CLOSE);
      assertThat(evidence.retrievalUtility()).isCloseTo(plain.retrievalUtility(z, best), CLOSE);
    }
  }

  @Property(seed = SEED)
  void distributionOfAMaskSumsToOne(@ForAll Random random) {
    for (List<MaskedAnswer.Tokens> mask : read(random, 2, 3).answer(VOCABULARY).masks()) {
      assertThat(mask).hasSize(VOCABULARY);
      assertThat(mask.stream().mapToDouble(MaskedAnswer.Tokens::probability).sum())
          .isCloseTo(1, CLOSE);
    }
  }

  @Property(seed = SEED)
  void wideBeamFindsTheBestSequenceOfAll(@ForAll Random random) {
    Read read = read(random, 2, 3);
    PlainMasked plain = new PlainMasked(read.candidates, read.readings);
    double best = 0;
    for (int a = 0; a < VOCABULARY; a++) {
      for (int b = 0; b < VOCABULARY; b++) {
        best = Math.max(best, plain.joint(List.of(a, b)));
      }
    }
    assertThat(read.answer(VOCABULARY * VOCABULARY).sequences().get(0).probability())
        .isCloseTo(best, CLOSE);
  }

  @Property(seed = SEED)
  void utilityIsTheGradientOfTheAnswersLogProbability(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 3) int masks) {
    Read read = read(random, masks, 3);
    MaskedAnswer answer = read.answer(3);
    List<Integer> best = answer.sequences().get(0).ids();
    double step = 1e-5;
    double sum = 0;
    for (MaskedAnswer.Evidence evidence : answer.evidence()) {
      int z = read.candidates.indexOf(evidence.candidate());
      double score = evidence.candidate().score();
      double slope =
          read.withScore(z, score + step).log(best) - read.withScore(z, score - step).log(best);
      assertThat(slope / (2 * step)).isCloseTo(evidence.utility(), within(1e-8));
      sum += evidence.utility();
    }
    assertThat(sum).isCloseTo(0, CLOSE);
  }

  /** What a learner is told: posterior - p(z|x) is the gradient of log p(R|x), and sums to 0. */
  @Property(seed = SEED)
  void referencesAreTheSumOfTheirJointProbabilities(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 3) int masks) {
    Read read = read(random, masks, 1);
    PlainMasked plain = new PlainMasked(read.candidates, read.readings);
    Set<List<Integer>> references = new LinkedHashSet<>();
    for (int i = 0; i < 3; i++) {
      references.add(random.ints(masks, 0, VOCABULARY).boxed().toList());
    }
    ReferenceMarginal marginal = MaskedLm.references(read.candidates, read.readings, references);

    double sum = references.stream().mapToDouble(plain::joint).sum();
    assertThat(Math.exp(marginal.logProbability())).isCloseTo(sum, CLOSE);
    List<Candidate> ranked = read.candidates.stream().sorted(Candidate.BY_RANK).toList();
    double utility = 0;
    for (int rank = 0; rank < ranked.size(); rank++) {
      int z = read.candidates.indexOf(ranked.get(rank));
      double likelihood = references.stream().mapToDouble(y -> plain.likelihood(z, y)).sum();
      ReferenceScore score = marginal.passages().get(rank);
      double log = Objects.requireNonNull(score.logProbability());
      assertThat(Math.exp(log)).isCloseTo(likelihood, CLOSE);
      double posterior = Objects.requireNonNull(score.posterior());
      assertThat(posterior).isCloseTo(plain.passage(z) * likelihood / sum, CLOSE);
      utility += posterior - plain.passage(z);
    }
    assertThat(utility).isCloseTo(0, CLOSE);
  }

  @Property(seed = SEED)
  void orderOfTheCandidatesChangesNothing(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 3) int masks) {
    Read read = read(random, masks, 1);
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, read.candidates.size()).boxed().toList());
    Collections.shuffle(order, random);
    Read shuffled =
        new Read(
            order.stream().map(read.candidates::get).toList(),
            order.stream().map(read.readings::get).toList());
    assertThat(shuffled.answer(4)).isEqualTo(read.answer(4));
  }

  @Property(seed = SEED)
  void extremeScoresStayFinite(@ForAll Random random) {
    Read read = read(random, 2, 1e4);
    for (int z = 0; z < read.candidates.size(); z++) {
      read = read.withScore(z, random.nextBoolean() ? 1000 : -1000);
    }
    for (MaskedAnswer.Evidence evidence : read.answer(2).evidence()) {
      assertThat(evidence.posterior()).isBetween(0.0, 1.0);
      assertThat(evidence.utility()).isBetween(-1.0, 1.0);
      assertThat(evidence.retrievalUtility()).isNotNull().isFinite();
    }
  }

  /** Up to four passages and the null document; scores and logits of that spread. */
  private static Read read(Random random, int masks, double spread) {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(Candidate.nullDocument(random.nextInt(3)));
    int passages = random.nextInt(5);
    for (int z = 0; z < passages; z++) {
      Hash128 uid = new Hash128(1, random.nextLong());
      candidates.add(new Candidate(uid, uid, random.nextInt(3), "", null));
    }
    List<MaskReading> readings = new ArrayList<>();
    for (int z = 0; z < candidates.size(); z++) {
      float[][] logits = new float[masks][VOCABULARY];
      for (float[] row : logits) {
        for (int v = 0; v < VOCABULARY; v++) {
          row[v] = (float) (spread * random.nextInt(-4, 5));
        }
      }
      readings.add(new MaskReading(logits, false));
    }
    return new Read(candidates, readings);
  }
}
