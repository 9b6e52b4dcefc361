package io.realmstream.model.marginal;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.evaluation.AnswerText;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.Reading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An answer that is called certain is the answer of all passages, for 100,000 random questions; so
 * is the verdict of thresholds, for as many.
 */
class CertaintyPropertyTest {
  private static final int QUESTIONS = 12_500;

  /** How much a sum of probabilities may be rounded. */
  private static final double ROUNDED = 1e-11;

  private int early;
  private int moved;
  private int withheld;
  private int withheldEarly;

  /** How the scores of a random question are spread. */
  enum Spread {
    NEAR,
    TIED,
    STEEP,
    EXTREME;

    /** Candidates by rank; those that have a reading could be read. */
    List<Candidate> question(Random random) {
      List<Candidate> candidates =
          switch (this) {
            case NEAR -> Questions.near(random);
            case TIED -> Questions.tied(random);
            case STEEP -> Questions.steep(random);
            case EXTREME -> Questions.extreme(random, -1e4, 1e4);
          };
      return candidates.stream().sorted(Candidate.BY_RANK).toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void answerThatIsCertainIsTheAnswerFromAllPassages(Spread spread) {
    for (Decoding decoding : Decoding.values()) {
      early = 0;
      moved = 0;
      for (int seed = 0; seed < QUESTIONS; seed++) {
        Random random = new Random(seed);
        check(
            spread.question(random),
            random.nextInt(6) + 1,
            options(decoding, AnswerThresholds.NONE),
            seed);
      }
      String counts = "%s %s: %d early, %d else".formatted(spread, decoding, early, moved);
      assertThat(early).as("certain before the end, %s", counts).isGreaterThan(QUESTIONS / 100);
      assertThat(moved).as("not decided by the first, %s", counts).isGreaterThan(QUESTIONS / 100);
    }
  }

  @ParameterizedTest
  @EnumSource
  void verdictThatIsCertainIsTheVerdictFromAllPassages(Spread spread) {
    for (Decoding decoding : Decoding.values()) {
      early = 0;
      withheld = 0;
      withheldEarly = 0;
      for (int seed = 0; seed < QUESTIONS; seed++) {
        Random random = new Random(seed);
        List<Candidate> question = spread.question(random);
        int readMax = random.nextInt(6) + 1;
        check(question, readMax, options(decoding, thresholds(random, question)), seed);
      }
      String counts = "%s %s: %d early".formatted(spread, decoding, early);
      counts += ", %d withheld, %d of them early".formatted(withheld, withheldEarly);
      assertThat(early - withheldEarly).as("answered early, %s", counts).isGreaterThan(100);
      assertThat(QUESTIONS - withheld).as("answered, %s", counts).isGreaterThan(QUESTIONS / 10);
      assertThat(withheldEarly).as("withheld early, %s", counts).isGreaterThan(QUESTIONS / 100);
    }
  }

  /** One, both or no threshold; some equal the value that the question has when all is read. */
  private static AnswerThresholds thresholds(Random random, List<Candidate> question) {
    OpenQaAnswer all = OpenQa.answer(question, options(Decoding.MARGINAL, AnswerThresholds.NONE));
    boolean atValue = random.nextInt(4) == 0 && all.answer() != null;
    double most = atValue ? all.noAnswerMass() : random.nextDouble();
    double least = random.nextDouble();
    if (atValue && all.answer() != null) {
      least = all.answer().probability();
    }
    return new AnswerThresholds(
        random.nextInt(3) == 0 ? null : most, random.nextInt(3) == 0 ? null : least);
  }

  private void check(List<Candidate> known, int readMax, QueryOptions options, int seed) {
    List<Integer> places = new ArrayList<>();
    for (int z = 0; z < known.size() && places.size() < readMax; z++) {
      if (known.get(z).reading() != null) {
        places.add(z);
      }
    }
    OpenQaAnswer all = OpenQa.answer(read(known, places), options);
    Certainty certainty = new Certainty(known, places, options);
    int count = 0;
    while (!certainty.isCertain()) {
      certainty.add(Objects.requireNonNull(known.get(places.get(count++)).reading()));
    }
    Set<Integer> unread = new HashSet<>(places.subList(count, places.size()));
    OpenQaAnswer certain = OpenQa.answer(read(known, places.subList(0, count)), unread, options);

    String question = "seed %d, %d of %d read".formatted(seed, count, places.size());
    assertThat(certain.status()).as(question).isEqualTo(all.status());
    assertThat(text(certain)).as(question).isEqualTo(text(all));
    assertThat(certain.withheld() == null || certain.answer() == null).as(question).isTrue();
    assertThat(certain.unreadMass()).as(question).isEqualTo(certainty.unreadMass());
    assertHolds(certain, all, question);
    early += count < places.size() ? 1 : 0;
    withheld += all.withheld() == null ? 0 : 1;
    withheldEarly += all.withheld() != null && count < places.size() ? 1 : 0;
    moved += count > 1 ? 1 : 0;
  }

  /** What is known is a lower bound, and what is unread bounds what is missing. */
  private static void assertHolds(OpenQaAnswer certain, OpenQaAnswer all, String question) {
    double unread = certain.unreadMass() + ROUNDED;
    if (certain.answer() != null && all.answer() != null) {
      double p = certain.answer().probability();
      assertThat(all.answer().probability()).as(question).isBetween(p - ROUNDED, p + unread);
    }
    double none = certain.noAnswerMass();
    assertThat(all.noAnswerMass()).as(question).isBetween(none - ROUNDED, none + unread);
    double mass = none + certain.emptySpanMass() + certain.unreadMass();
    mass += certain.answer() == null ? 0 : certain.answer().probability();
    mass += certain.withheld() == null ? 0 : certain.withheld().probability();
    mass += certain.runnersUp().stream().mapToDouble(AnswerCandidate::probability).sum();
    assertThat(mass).as(question).isBetween(1 - ROUNDED, 1 + ROUNDED);
  }

  private static List<Candidate> read(List<Candidate> known, List<Integer> places) {
    List<Candidate> candidates = new ArrayList<>();
    for (int z = 0; z < known.size(); z++) {
      Candidate c = known.get(z);
      candidates.add(
          places.contains(z)
              ? c
              : new Candidate(c.uid(), c.contentHash(), c.score(), c.body(), null));
    }
    return candidates;
  }

  private static String text(OpenQaAnswer answer) {
    return answer.answer() == null ? "" : AnswerText.normalize(answer.answer().text());
  }

  private static QueryOptions options(Decoding decoding, AnswerThresholds thresholds) {
    return new QueryOptions(
        Normalization.PAPER,
        decoding,
        new Competition(false, null, null),
        100_000,
        Reading.CERTAIN,
        null,
        thresholds,
        null);
  }
}
