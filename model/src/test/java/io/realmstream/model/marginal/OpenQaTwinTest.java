package io.realmstream.model.marginal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.marginal.PlainMarginal.PlainSpan;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.ReferenceScore;
import io.realmstream.schemas.answer.Span;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import org.assertj.core.data.Offset;

/** {@link OpenQa} against {@link PlainMarginal} on random readings. */
@PropertyDefaults(tries = 300)
class OpenQaTwinTest {
  private static final Offset<Double> CLOSE = within(1e-12);

  @Property
  void answersAreThoseOfThePlainTwin(
      @ForAll Random random, @ForAll Normalization normalization, @ForAll Decoding decoding) {
    List<Candidate> candidates = Questions.near(random);
    PlainMarginal twin = new PlainMarginal(candidates, normalization);

    OpenQaAnswer answer = OpenQa.answer(candidates, options(normalization, decoding));

    List<String> strings = twin.order(decoding);
    assertThat(answer.status())
        .isEqualTo(strings.isEmpty() ? AnswerStatus.NO_ANSWER : AnswerStatus.ANSWERED);
    List<AnswerCandidate> found =
        Stream.concat(Stream.ofNullable(answer.answer()), answer.runnersUp().stream()).toList();
    assertThat(found).hasSameSizeAs(strings);
    for (int i = 0; i < found.size(); i++) {
      PlainSpan best = twin.bestSpan(strings.get(i));
      assertThat(found.get(i).text()).isEqualTo(quote(twin, best).text());
      assertThat(found.get(i).probability()).isCloseTo(twin.probability(strings.get(i)), CLOSE);
    }
    assertThat(answer.noAnswerMass()).isCloseTo(twin.noAnswerMass, CLOSE);
    assertThat(answer.emptySpanMass()).isCloseTo(twin.emptySpanMass, CLOSE);
  }

  @Property
  void evidenceIsThatOfThePlainTwin(
      @ForAll Random random, @ForAll Normalization normalization, @ForAll Decoding decoding) {
    List<Candidate> candidates = Questions.near(random);
    PlainMarginal twin = new PlainMarginal(candidates, normalization);

    OpenQaAnswer answer = OpenQa.answer(candidates, options(normalization, decoding));

    assertThat(answer.passages()).extracting(PassageEvidence::candidate).isEqualTo(twin.ranked);
    String best = twin.order(decoding).stream().findFirst().orElse("");
    for (PassageEvidence passage : answer.passages()) {
      int z = passage.rank() - 1;
      assertThat(passage.probability()).isCloseTo(twin.retrieval[z], CLOSE);
      List<PlainSpan> spans = best.isEmpty() ? List.of() : twin.spans(z, best);
      double share = PlainMarginal.sum(spans);
      if (spans.isEmpty()) {
        assertThat(passage.span()).isNull();
        assertThat(passage.answerProbability()).isZero();
        assertThat(passage.posterior()).isZero();
      } else {
        double posterior = share / twin.probability(best);
        assertThat(passage.span()).isEqualTo(quote(twin, spans.get(0)));
        assertThat(passage.answerProbability()).isCloseTo(share / twin.marginals[z], CLOSE);
        assertThat(passage.posterior()).isCloseTo(posterior, CLOSE);
      }
      double utility = best.isEmpty() ? 0 : passage.posterior() - twin.marginals[z];
      assertThat(passage.utility()).isCloseTo(utility, CLOSE);
    }
  }

  @Property
  void referencesAreThoseOfThePlainTwin(
      @ForAll Random random, @ForAll Normalization normalization) {
    List<Candidate> candidates = Questions.near(random);
    PlainMarginal twin = new PlainMarginal(candidates, normalization);
    List<String> references = new ArrayList<>(List.of("the", "nowhere"));
    double sum = 0;
    for (var answer : twin.answers.entrySet()) {
      if (random.nextInt(3) == 0) {
        references.add(answer.getKey());
        references.add("The " + answer.getKey() + "!");
        sum += answer.getValue();
      }
    }

    ReferenceMarginal marginal = OpenQa.references(candidates, normalization, references);

    assertThat(marginal.logProbability()).isLessThanOrEqualTo(0);
    assertThat(Math.exp(marginal.logProbability())).isCloseTo(sum, CLOSE);
    for (int z = 0; z < twin.ranked.size(); z++) {
      int passage = z;
      double share =
          twin.answers.keySet().stream()
              .filter(references::contains)
              .mapToDouble(answer -> PlainMarginal.sum(twin.spans(passage, answer)))
              .sum();
      ReferenceScore score = marginal.passages().get(z);
      if (share == 0) {
        assertThat(score.logProbability()).isNull();
      } else {
        double log = Objects.requireNonNull(score.logProbability());
        assertThat(Math.exp(log)).isCloseTo(share / twin.marginals[z], CLOSE);
      }
      if (sum == 0) {
        assertThat(score.posterior()).isNull();
      } else {
        assertThat(score.posterior()).isCloseTo(share / sum, CLOSE);
      }
    }
  }

  @Property
  void tiesOfTheJointArgmaxFallAsInThePlainTwin(@ForAll Random random) {
    List<Candidate> candidates = Questions.tied(random);
    // In JOINT all spans have one denominator, so equal sums f + g are equal probabilities in the
    // twin too, as long as exp(f) * exp(g) rounds alike: compare by the sums themselves.
    PlainMarginal twin = new PlainMarginal(candidates, Normalization.JOINT);
    List<PlainSpan> exact = twin.spans.stream().map(s -> withSum(twin, s)).toList();

    OpenQaAnswer answer =
        OpenQa.answer(candidates, options(Normalization.JOINT, Decoding.MAX_SPAN));

    List<String> expected =
        exact.stream()
            .filter(s -> !s.answer().isEmpty())
            .sorted(PlainMarginal.BEST_FIRST)
            .map(PlainSpan::answer)
            .distinct()
            .map(
                y -> exact.stream().filter(s -> s.answer().equals(y)).min(PlainMarginal.BEST_FIRST))
            .map(best -> quote(twin, best.orElseThrow()).text())
            .toList();
    assertThat(Stream.concat(Stream.ofNullable(answer.answer()), answer.runnersUp().stream()))
        .extracting(AnswerCandidate::text)
        .isEqualTo(expected);
  }

  private static PlainSpan withSum(PlainMarginal twin, PlainSpan span) {
    Candidate candidate = twin.ranked.get(span.rank());
    var reading = Objects.requireNonNull(candidate.reading());
    double sum =
        candidate.score()
            + reading.startScores()[span.start()]
            + reading.endScores()[span.start() + span.tokens() - 1];
    return new PlainSpan(
        span.rank(), span.start(), span.tokens(), span.from(), span.to(), span.answer(), sum);
  }

  private static Span quote(PlainMarginal twin, PlainSpan span) {
    String body = twin.ranked.get(span.rank()).body();
    return new Span(body.substring(span.from(), span.to()), span.from(), span.to());
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
