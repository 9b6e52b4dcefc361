package io.realmstream.deploy.cli.evaluate.masked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.deploy.cli.evaluate.report.MaskedReport.Figures;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.MaskWords;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.answer.ReferenceScore;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.QueryKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskedTallyTest {
  private static final MaskWords MASK = new MaskWords(List.of());

  private final MaskedTally tally = new MaskedTally();

  /** Ranks 1, 4 and none; log p of -1, -2 and of -6 over two masks. */
  @Test
  void figuresAreMeansOverTheSentences() {
    tally.add(List.of("Rome"), result(List.of("rome", "oslo"), -1, 1));
    tally.add(List.of("x", "paris"), result(List.of("a", "b", "c", "paris"), -2, 1));
    tally.add(List.of("bern"), result(List.of("a", "b"), -6, 2));

    Figures figures = tally.figures();
    assertThat(figures.sentences()).isEqualTo(3);
    assertThat(figures.first()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(figures.firstTen()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(figures.mrr()).isCloseTo(1.25 / 3, within(1e-12));
    assertThat(figures.negativeLogLikelihood()).isCloseTo(2, within(1e-12));
  }

  /** An uncased reader writes neither capitals nor accents. */
  @Test
  void wordsAreComparedWithoutCaseAndAccents() {
    tally.add(List.of("S\u00e3o"), result(List.of("sao"), -1, 1));
    tally.add(List.of("Sau"), result(List.of("sao"), -1, 1));

    assertThat(tally.figures().first()).isEqualTo(0.5);
  }

  @Test
  void eleventhIsNotAmongTheFirstTen() {
    List<String> words = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i"));
    words.add("j");
    words.add("rome");
    tally.add(List.of("rome"), result(words, -1, 1));

    assertThat(tally.figures().firstTen()).isZero();
    assertThat(tally.figures().mrr()).isCloseTo(1 / 11.0, within(1e-12));
  }

  @Test
  void refusedSentencesAreCountedApartAndMissingAnswersAreWrong() {
    tally.add(List.of("rome"), AnswerResult.without(AnswerStatus.INVALID, "two tokens", null));
    tally.add(List.of("rome"), null);

    assertThat(tally.invalid()).isEqualTo(1);
    assertThat(tally.figures()).isEqualTo(new Figures(1, 0, 0, 0, 100));
  }

  /** The null document stands second; the passages are ranks 1 and 2 without it. */
  @Test
  void utilityIsAgainstTheSentenceAlone() {
    tally.add(
        List.of("rome"),
        result(List.of(), -1, 1, passage("u", -1), passage("", -3), passage("v", -4)));
    tally.add(List.of("rome"), result(List.of(), -1, 1, passage("", -2), passage("u", -3)));

    assertThat(tally.utility()).hasSize(2);
    assertThat(tally.utility().get(0).sentences()).isEqualTo(2);
    assertThat(tally.utility().get(0).mean()).isCloseTo(0.5, within(1e-12));
    assertThat(tally.utility().get(0).positive()).isEqualTo(0.5);
    assertThat(tally.utility().get(1).mean()).isCloseTo(-1, within(1e-12));
    assertThat(tally.utility().get(1).rank()).isEqualTo(2);
  }

  private static Evidence passage(String uid, double log) {
    return new Evidence(
        1,
        uid,
        new QuotedPassage("", "", "", 1, null, 0, 0, Provenance.NONE),
        1,
        0.5,
        ReadSpan.NONE.with(new ReferenceScore(log, 0.5)));
  }

  private static AnswerResult result(
      List<String> words, double log, int masks, Evidence... passages) {
    List<AnswerCandidate> candidates =
        words.stream().map(word -> new AnswerCandidate(word, 0.1)).toList();
    return new AnswerResult(
        AnswerStatus.ANSWERED,
        null,
        new AnswerMode(QueryKind.MASKED_LM, null, null),
        new ReadAnswers(
            candidates.isEmpty() ? null : candidates.get(0),
            null,
            null,
            candidates.isEmpty() ? List.of() : candidates.subList(1, candidates.size()),
            null,
            null,
            masks == 1 ? List.of(MASK) : List.of(MASK, MASK),
            new ReferenceScore(log, null)),
        List.of(passages),
        null,
        Coverage.NONE);
  }
}
