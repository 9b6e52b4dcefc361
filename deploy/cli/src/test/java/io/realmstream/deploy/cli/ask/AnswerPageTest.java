package io.realmstream.deploy.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerRun;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.answer.MaskWords;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.answer.ReferenceScore;
import io.realmstream.schemas.answer.Span;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.QueryKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerPageTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final IndexVersion VERSION = new IndexVersion(1, "d", "q", "r", "flat-16");

  @Test
  void answerShowsHowSureWhatElseFromWhereAndHowFresh() {
    AnswerResult result =
        new AnswerResult(
            AnswerStatus.ANSWERED,
            null,
            new AnswerMode(QueryKind.OPEN_QA, Normalization.PAPER, Decoding.MARGINAL),
            new ReadAnswers(
                new AnswerCandidate("1871", 0.8126),
                List.of(new AnswerCandidate("1917", 0.05), new AnswerCandidate("41", 0.0149)),
                0.0331,
                0.125),
            List.of(read(), unread()),
            VERSION,
            new Coverage(true, 16, false, true, false));
    AnswerRun run = new AnswerRun(Map.of(), 0, 0, 0, 1, NOW.minusMillis(1250));
    assertThat(AnswerPage.of(new Answer("q", result, run), NOW).lines())
        .containsExactly(
            "1871  (p = 0.813 to 0.938)",
            "  or         1917 (0.050), 41 (0.015)",
            "  no answer  0.033",
            "  read       1 of 2 passages, which decide the answer",
            "",
            "  1. Lighthouse of Varn  [varn, revision 3 of 2026-02-01T00:00:00Z]",
            "     It was lit in [1871].",
            "     https://varn.example/7  CC BY-SA 4.0",
            "     score 17.250  p(z|x) 0.750  p(z|y,x) 0.990",
            "",
            "  2. (no title)  [brik, revision 4]",
            "     Ana Brik was born in Varn.",
            "     score 16.000  p(z|x) 0.250  not read",
            "",
            "  index      version 1, exact",
            "  fresh      every edit up to 2026-03-01T09:59:58.750Z (1.3 s ago)");
  }

  @Test
  void withoutAnAnswerTheStatusIsSaidInWords() {
    AnswerResult result =
        AnswerResult.without(AnswerStatus.INVALID, "k: must be at most 1000", QueryKind.OPEN_QA);
    assertThat(AnswerPage.of(new Answer("q", result, AnswerRun.NONE), NOW).lines())
        .containsExactly("invalid query", "  reason     k: must be at most 1000");
  }

  @Test
  void refusalSaysThatTheSameQuestionMayDoLater() {
    AnswerResult result =
        AnswerResult.without(AnswerStatus.OVERLOADED, "reading: 256 wait", QueryKind.OPEN_QA);
    assertThat(AnswerPage.of(new Answer("q", result, AnswerRun.NONE), NOW).lines())
        .containsExactly(
            "too many questions at once; ask again later", "  reason     reading: 256 wait");
  }

  @Test
  void shortcomingsAreSaid() {
    AnswerResult result =
        new AnswerResult(
            AnswerStatus.ANSWERED,
            null,
            new AnswerMode(QueryKind.RETRIEVE, null, null),
            ReadAnswers.NONE,
            List.of(unread()),
            VERSION,
            new Coverage(false, 8, true, false, true));
    assertThat(AnswerPage.of(new Answer("q", result, AnswerRun.NONE), NOW).lines())
        .startsWith("1 passages")
        .endsWith(
            "  index      version 1, 8 cells probed",
            "  partial    shards were missing at the deadline",
            "  building   this index version does not hold every document yet",
            "  truncated  question or passages exceeded a model's limit and were cut");
  }

  @Test
  void whatIsLongIsCut() {
    String text = "word ".repeat(20_000);
    AnswerCandidate candidate = new AnswerCandidate(text, 0.5);
    Evidence passage =
        new Evidence(
            1,
            "u",
            new QuotedPassage("d", text, text, 1, null, 0, 100_000, Provenance.NONE),
            1,
            0.5,
            new ReadSpan(new Span(text, 0, 99_999), 1d, 1d));
    AnswerResult result =
        new AnswerResult(
            AnswerStatus.ANSWERED,
            text,
            new AnswerMode(QueryKind.OPEN_QA, Normalization.PAPER, Decoding.MARGINAL),
            new ReadAnswers(candidate, List.of(candidate, candidate), 0.1, 0d),
            List.of(passage, unread()),
            VERSION,
            new Coverage(true, 16, false, true, false));
    String page = AnswerPage.of(new Answer("q", result, AnswerRun.NONE), NOW);
    assertThat(page).contains("word ...  (p = 0.500)").contains("word ... (0.500), word word");
    assertThat(page).contains("word ...  [d, revision 1]");
    assertThat(page.length()).isLessThan(3_000);
  }

  @Test
  void masksAreListedEachAndTheQuestionAloneIsNoPassage() {
    AnswerCandidate both = new AnswerCandidate("florence italy", 0.5);
    Evidence passage =
        new Evidence(
            1,
            "u",
            new QuotedPassage("d", "Dante", "He was born.", 1, null, 0, 12, Provenance.NONE),
            17,
            0.75,
            new ReadSpan(null, 0.6, 0.9, 1.25, null, null));
    Evidence alone =
        new Evidence(
            2,
            "",
            new QuotedPassage("", "", "", 0, null, 0, 0, Provenance.NONE),
            16,
            0.25,
            new ReadSpan(null, 0.2, 0.1, 0d, null, null));
    AnswerResult result =
        new AnswerResult(
            AnswerStatus.ANSWERED,
            null,
            new AnswerMode(QueryKind.MASKED_LM, null, Decoding.MARGINAL),
            new ReadAnswers(
                both,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(
                    new MaskWords(List.of(new AnswerCandidate("florence", 0.625))),
                    new MaskWords(List.of(new AnswerCandidate("italy", 0.75)))),
                null),
            List.of(passage, alone),
            VERSION,
            new Coverage(true, 16, false, true, false));

    String page = AnswerPage.of(new Answer("q", result, AnswerRun.NONE), NOW);

    assertThat(page)
        .startsWith("florence italy  (p = 0.500)")
        .contains("  mask 1     florence (0.625)", "  mask 2     italy (0.750)")
        .contains("p(z|x) 0.750  p(z|y,x) 0.900  RU 1.25 nat")
        .contains("  2. (no passage: the question alone)\n     score 16.000");
  }

  @Test
  void referencesAreShownWithWhatEachPassageSaysOfThem() {
    Evidence likely =
        new Evidence(
            1,
            "u",
            new QuotedPassage("d", "Varn", "It was lit in 1871.", 1, null, 0, 19, Provenance.NONE),
            17,
            0.75,
            ReadSpan.NONE.with(new ReferenceScore(Math.log(0.25), 1.0)));
    Evidence impossible =
        new Evidence(
            2,
            "v",
            new QuotedPassage("e", "", "Ana Brik.", 1, null, 0, 9, Provenance.NONE),
            16,
            0.25,
            ReadSpan.NONE.with(new ReferenceScore(null, 0.0)));
    AnswerResult result =
        new AnswerResult(
            AnswerStatus.ANSWERED,
            null,
            new AnswerMode(QueryKind.OPEN_QA, Normalization.PAPER, Decoding.MARGINAL),
            new ReadAnswers(
                new AnswerCandidate("41", 0.5),
                null,
                0.875,
                List.of(),
                0.1,
                0.0,
                null,
                new ReferenceScore(Math.log(0.1875), null)),
            List.of(likely, impossible),
            VERSION,
            new Coverage(true, 16, false, true, false));

    assertThat(AnswerPage.of(new Answer("q", result, AnswerRun.NONE), NOW))
        .startsWith("41  (p = 0.500, confidence 0.88)")
        .contains("  reference  p = 0.188 (log -1.674)")
        .contains("p(z|x) 0.750  p(ref|z,x) 0.250  p(z|ref,x) 1.000")
        .contains("p(z|x) 0.250  p(ref|z,x) 0.00  p(z|ref,x) 0.000");
  }

  @Test
  void answerThatIsWithheldIsShownAsSuch() {
    AnswerResult result =
        new AnswerResult(
            AnswerStatus.NO_ANSWER,
            null,
            new AnswerMode(QueryKind.OPEN_QA, Normalization.PAPER, Decoding.MARGINAL),
            new ReadAnswers(
                null, new AnswerCandidate("1871", 0.125), null, List.of(), 0.75, 0.0, null, null),
            List.of(unread()),
            VERSION,
            new Coverage(true, 16, false, true, false));

    assertThat(AnswerPage.of(new Answer("q", result, AnswerRun.NONE), NOW).lines())
        .startsWith(
            "no answer that is sure enough", "  withheld   1871 (0.125)", "  no answer  0.750");
  }

  private static Evidence read() {
    return new Evidence(
        1,
        "u1",
        new QuotedPassage(
            "varn",
            "Lighthouse of Varn",
            "The tower is old. It was lit in 1871.",
            3,
            Instant.parse("2026-02-01T00:00:00Z"),
            0,
            37,
            new Provenance("https://varn.example/7", "CC BY-SA 4.0", null)),
        17.25,
        0.75,
        new ReadSpan(new Span("1871", 32, 36), 0.9, 0.99));
  }

  private static Evidence unread() {
    return new Evidence(
        2,
        "u2",
        new QuotedPassage(
            "brik", "", "Ana Brik was\nborn in Varn.", 4, null, 0, 26, Provenance.NONE),
        16.0,
        0.25,
        ReadSpan.UNREAD);
  }
}
