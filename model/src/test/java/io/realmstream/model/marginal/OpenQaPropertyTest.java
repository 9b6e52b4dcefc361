package io.realmstream.model.marginal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.Hits;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.Reading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

/** The invariants that the definition of the marginal promises. */
@PropertyDefaults(tries = 300)
class OpenQaPropertyTest {
  /** jqwik prints it with every property that fails. */
  private static final String SEED = "20";

  private static final Offset<Double> CLOSE = within(1e-12);

  @Property(seed = SEED)
  void retrievalProbabilitiesSumToOne(@ForAll Random random) {
    OpenQaAnswer answer = OpenQa.answer(Questions.near(random), QueryOptions.DEFAULT);
    assertThat(answer.passages().stream().mapToDouble(PassageEvidence::probability).sum())
        .isCloseTo(1, CLOSE);
  }

  @Property(seed = SEED)
  void answersNoAnswerAndEmptySpansSumToOne(
      @ForAll Random random, @ForAll Normalization normalization, @ForAll Decoding decoding) {
    assertThat(mass(OpenQa.answer(Questions.near(random), options(normalization, decoding))))
        .isCloseTo(1, CLOSE);
  }

  @Property(seed = SEED)
  void utilitiesSumToZeroAndPosteriorsToOne(
      @ForAll Random random, @ForAll Normalization normalization) {
    OpenQaAnswer answer =
        OpenQa.answer(Questions.near(random), options(normalization, Decoding.MARGINAL));
    assertThat(answer.passages().stream().mapToDouble(PassageEvidence::utility).sum())
        .isCloseTo(0, CLOSE);
    assertThat(answer.passages().stream().mapToDouble(PassageEvidence::posterior).sum())
        .isCloseTo(answer.answer() == null ? 0 : 1, CLOSE);
  }

  @Property(seed = SEED)
  void utilityIsTheGradientOfTheAnswersLogProbability(
      @ForAll Random random, @ForAll Normalization normalization) {
    List<Candidate> candidates = Questions.near(random);
    OpenQaAnswer answer = OpenQa.answer(candidates, options(normalization, Decoding.MARGINAL));
    if (answer.answer() == null) {
      return;
    }
    List<String> text = List.of(answer.answer().text());
    double step = 1e-5;
    for (PassageEvidence passage : answer.passages()) {
      double above =
          OpenQa.references(moved(candidates, passage, step), normalization, text).logProbability();
      double below =
          OpenQa.references(moved(candidates, passage, -step), normalization, text)
              .logProbability();
      assertThat((above - below) / (2 * step)).isCloseTo(passage.utility(), within(1e-8));
    }
  }

  @Property(seed = SEED)
  void aConstantAddedToAllScoresChangesNothing(
      @ForAll Random random,
      @ForAll Normalization normalization,
      @ForAll Decoding decoding,
      @ForAll @DoubleRange(min = -100, max = 100) double constant) {
    List<Candidate> candidates = Questions.near(random);
    List<Candidate> shifted =
        candidates.stream().map(c -> withScore(c, c.score() + constant)).toList();
    assertSame(
        OpenQa.answer(shifted, options(normalization, decoding)),
        OpenQa.answer(candidates, options(normalization, decoding)));
  }

  @Property(seed = SEED)
  void theOrderOfTheCandidatesChangesNothing(
      @ForAll Random random, @ForAll Normalization normalization, @ForAll Decoding decoding) {
    List<Candidate> candidates = Questions.tied(random);
    List<Candidate> shuffled = new ArrayList<>(candidates);
    Collections.shuffle(shuffled, random);
    assertThat(OpenQa.answer(shuffled, options(normalization, decoding)))
        .isEqualTo(OpenQa.answer(candidates, options(normalization, decoding)));
  }

  @Property(seed = SEED)
  void deletingAPassageOutsideTheSetChangesNothing(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 8) int k) {
    // Equal contents have equal vectors, hence equal scores.
    List<Candidate> fetched =
        IntStream.range(0, 12)
            .mapToObj(uid -> new Hash128(1, random.nextInt(9)))
            .map(content -> passage(random, content))
            .toList();
    List<Candidate> selected = CandidateSet.select(fetched, k, null, null);
    for (Candidate candidate : fetched) {
      if (!selected.contains(candidate)) {
        List<Candidate> without = fetched.stream().filter(c -> !c.equals(candidate)).toList();
        assertThat(CandidateSet.select(without, k, null, null)).isEqualTo(selected);
      }
    }
  }

  @Property(seed = SEED)
  void aSinglePassageHasProbabilityOne(@ForAll Random random) {
    List<Candidate> one = CandidateSet.select(Questions.near(random), 1, null, null);
    assertThat(OpenQa.answer(one, QueryOptions.DEFAULT).passages().get(0).probability())
        .isEqualTo(1);
  }

  @Property(seed = SEED)
  void extremeScoresStayFinite(
      @ForAll Random random, @ForAll Normalization normalization, @ForAll Decoding decoding) {
    List<Candidate> candidates = new ArrayList<>();
    for (Candidate candidate : Questions.extreme(random, -1e4, 0)) {
      candidates.add(withScore(candidate, random.nextBoolean() ? 1000 : -1000));
    }
    OpenQaAnswer answer = OpenQa.answer(candidates, options(normalization, decoding));
    // log p is rounded at the size of f + g: 2e4 has steps of 3.6e-12
    assertThat(mass(answer)).isCloseTo(1, within(1e-11));
    for (PassageEvidence passage : answer.passages()) {
      assertThat(passage.probability()).isBetween(0.0, 1.0);
      assertThat(passage.answerProbability()).isBetween(0.0, 1.0);
      assertThat(passage.posterior()).isBetween(0.0, 1.0);
      assertThat(passage.utility()).isBetween(-1.0, 1.0);
    }
    if (answer.answer() != null) {
      List<String> text = List.of(answer.answer().text());
      assertThat(OpenQa.references(candidates, normalization, text).logProbability()).isFinite();
    }
  }

  @Property(seed = SEED)
  void severalReferencesCountEachSpanOnceAndNeverMakeMoreThanOne(
      @ForAll Random random, @ForAll Normalization normalization) {
    List<Candidate> candidates = Questions.near(random);
    List<String> all =
        answers(OpenQa.answer(candidates, options(normalization, Decoding.MARGINAL))).stream()
            .map(AnswerCandidate::text)
            .toList();
    List<String> repeated = new ArrayList<>(all);
    repeated.addAll(all);
    double together = OpenQa.references(candidates, normalization, repeated).logProbability();
    double sum =
        all.stream()
            .mapToDouble(
                text ->
                    OpenQa.references(candidates, normalization, List.of(text)).logProbability())
            .map(Math::exp)
            .sum();
    assertThat(together).isLessThanOrEqualTo(0);
    assertThat(Math.exp(together)).isCloseTo(sum, CLOSE);
  }

  @Property(seed = SEED)
  void theNumberOfShardsChangesNothing(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 20) int k) {
    List<Hit> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) { // many ties
      all.add(new Hit(new Hash128(random.nextLong(), i), 0, random.nextInt(6)));
    }
    List<Hit> whole = Hits.merge(List.of(ranked(all)), k);
    for (int shards : new int[] {1, 2, 16, 128}) {
      List<List<Hit>> parts = new ArrayList<>();
      for (int shard = 0; shard < shards; shard++) {
        int number = shard;
        List<Hit> part = all.stream().filter(h -> h.uid().low() % shards == number).toList();
        parts.add(part.isEmpty() ? part : Hits.merge(List.of(ranked(part)), k));
      }
      Collections.shuffle(parts, random);
      assertThat(Hits.merge(parts, k)).isEqualTo(whole);
    }
  }

  /** By score descending, then uid ascending. */
  private static List<Hit> ranked(List<Hit> hits) {
    return hits.stream()
        .sorted(Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::uid))
        .toList();
  }

  private static void assertSame(OpenQaAnswer actual, OpenQaAnswer expected) {
    assertThat(answers(actual))
        .extracting(AnswerCandidate::text)
        .isEqualTo(answers(expected).stream().map(AnswerCandidate::text).toList());
    for (int i = 0; i < answers(actual).size(); i++) {
      assertThat(answers(actual).get(i).probability())
          .isCloseTo(answers(expected).get(i).probability(), CLOSE);
    }
    assertThat(actual.noAnswerMass()).isCloseTo(expected.noAnswerMass(), CLOSE);
    assertThat(actual.emptySpanMass()).isCloseTo(expected.emptySpanMass(), CLOSE);
    for (int z = 0; z < actual.passages().size(); z++) {
      PassageEvidence one = actual.passages().get(z);
      PassageEvidence other = expected.passages().get(z);
      assertThat(one.candidate().uid()).isEqualTo(other.candidate().uid());
      assertThat(one.span()).isEqualTo(other.span());
      assertThat(one.probability()).isCloseTo(other.probability(), CLOSE);
      assertThat(one.answerProbability()).isCloseTo(other.answerProbability(), CLOSE);
      assertThat(one.posterior()).isCloseTo(other.posterior(), CLOSE);
      assertThat(one.utility()).isCloseTo(other.utility(), CLOSE);
    }
  }

  private static double mass(OpenQaAnswer answer) {
    return answers(answer).stream().mapToDouble(AnswerCandidate::probability).sum()
        + answer.noAnswerMass()
        + answer.emptySpanMass();
  }

  private static List<AnswerCandidate> answers(OpenQaAnswer answer) {
    return Stream.concat(Stream.ofNullable(answer.answer()), answer.runnersUp().stream()).toList();
  }

  private static List<Candidate> moved(
      List<Candidate> candidates, PassageEvidence passage, double step) {
    return candidates.stream()
        .map(c -> c.equals(passage.candidate()) ? withScore(c, c.score() + step) : c)
        .toList();
  }

  private static Candidate withScore(Candidate c, double score) {
    return new Candidate(c.uid(), c.contentHash(), score, c.body(), c.reading());
  }

  private static Candidate passage(Random random, Hash128 content) {
    return new Candidate(new Hash128(0, random.nextLong()), content, content.low() % 5, "", null);
  }

  private static QueryOptions options(Normalization normalization, Decoding decoding) {
    return new QueryOptions(
        normalization,
        decoding,
        new Competition(false, null, null),
        100_000,
        Reading.CERTAIN,
        null,
        AnswerThresholds.NONE,
        null);
  }
}
