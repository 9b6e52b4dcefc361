package io.realmstream.deploy.cli.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Asked;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Confidence;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Pass;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Percentiles;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Questions;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Reading;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Retrieval;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Shortfalls;
import io.realmstream.model.evaluation.JudgedAnswer;
import io.realmstream.model.evaluation.Reliability;
import io.realmstream.model.evaluation.RiskCoverage;
import io.realmstream.model.evaluation.RocArea;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.answer.Span;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.QueryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final IndexVersion VERSION =
      new IndexVersion(3, "1".repeat(32), "2".repeat(32), "3".repeat(32), "flat-16");
  private static final String HOSTILE =
      "</bdi></script><script src=//evil.example/x>'\" & <img onerror=x src=y>\u202e\u0000";

  private final Path folder;

  HtmlReportTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void everyDigestAndFigureIsNamed() throws IOException {
    String page = write(report(1_000), 3, "Anfield");

    assertThat(page)
        .contains("questions.jsonl", "c0ffee", "1".repeat(32), "2".repeat(32), "3".repeat(32))
        .contains("flat-16", "expected calibration error", "MRR by document", "58.3 %", "0.1-test")
        .contains("3 wrong answers", "<mark>Anfield</mark>", "p50");
    assertThat(page.split("data:image/png;base64,", -1)).as("charts").hasSize(6);
  }

  @Test
  void pageHasNoScriptAndNoAddressOutside() throws IOException {
    String page = write(report(1_000), 3, HOSTILE);

    assertThat(page).doesNotContain("<script", "<img onerror", "\u0000");
    assertThat(page).contains("&lt;script src=//evil.example/x&gt;", "\ufffd");
    assertThat(page.replaceAll("src=\"data:[^\"]*\"", "")).doesNotContain(" src=\"");
    assertThat(page).doesNotContain("href=\"http");
  }

  @Test
  void questionsWithoutAnyAnswerMakeAPageToo() throws IOException {
    EvaluationReport empty =
        new EvaluationReport(
            Instant.EPOCH,
            "0.1-test",
            new Questions("q.jsonl", "c0ffee", 1),
            List.of(),
            null,
            null,
            null,
            List.of());
    assertThat(write(empty, 0, "")).contains("0 wrong answers").endsWith("</html>");
  }

  @Test
  void aHundredThousandWrongAnswersGoIntoPages() throws IOException {
    String page = write(report(100_000), 100_000, "Anfield");

    assertThat(page.length()).isLessThan(2_000_000);
    assertThat(page).contains("100,000 wrong answers", "href=\"wrong-500.html\"");
    assertThat(page).doesNotContain("wrong-501.html");
    assertThat(page.indexOf("question 99998<")).as("the surest").isPositive();
    List<Long> sizes = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        sizes.add(Files.size(file));
      }
    }
    assertThat(sizes).hasSize(501).allMatch(size -> size < 2_000_000);
    String last = Files.readString(folder.resolve("wrong-500.html"));
    assertThat(last).contains("question 99999<", "href=\"wrong-499.html\"", "report.html");
    assertThat(Files.readString(folder.resolve("wrong-2.html")))
        .contains("question 200<", "question 399<", "href=\"wrong-3.html\"")
        .doesNotContain("question 400<");
  }

  @Test
  void pagesOfAnEarlierEvaluationAreGone() throws IOException {
    write(report(1_000), 500, "Anfield");
    assertThat(folder.resolve("wrong-3.html")).exists();
    write(report(1_000), 3, "Anfield");
    assertThat(folder.resolve("wrong-1.html")).doesNotExist();
  }

  private String write(EvaluationReport report, int wrongAnswers, String text) throws IOException {
    WrongAnswers wrong = new WrongAnswers(folder);
    for (int i = 0; i < wrongAnswers; i++) {
      double probability = (double) i / wrongAnswers;
      wrong.add(
          new WrongAnswer(
              Integer.toString(i),
              "where " + text,
              List.of("Old Trafford", text),
              i % 10 == 9 ? null : result(text, probability)));
    }
    wrong.end();
    HtmlReport.write(folder, report, wrong);
    return Files.readString(folder.resolve("report.html"));
  }

  private static AnswerResult result(String text, double probability) {
    String passage = "They play at " + text + " since 1884. ".repeat(20);
    Span span = new Span(text, 13, 13 + text.length());
    return new AnswerResult(
        AnswerStatus.ANSWERED,
        null,
        new AnswerMode(QueryKind.OPEN_QA, null, null),
        new ReadAnswers(new AnswerCandidate(text, probability), List.of(), 0.1, 0.0),
        List.of(
            evidence(passage, text, new ReadSpan(span, 0.5, 0.75)),
            evidence(passage, text, ReadSpan.UNREAD)),
        VERSION,
        new Coverage(true, 16, false, true, false));
  }

  private static Evidence evidence(String passage, String title, ReadSpan read) {
    return new Evidence(
        1,
        "0".repeat(32),
        new QuotedPassage(
            "doc " + title, title, passage, 1, null, 0, passage.length(), Provenance.NONE),
        10,
        0.5,
        read);
  }

  private static EvaluationReport report(int questions) {
    Percentiles percentiles = new Percentiles(7, 12.34, 10, 20, 34.5, 50);
    return new EvaluationReport(
        Instant.parse("2026-03-01T09:30:00Z"),
        "0.1-test",
        new Questions("questions.jsonl", "c0ffee", questions),
        List.of(VERSION),
        new Reading(questions, 0.5833, 0.6741, 0.1, 0.1234, null, confidence(questions)),
        new Retrieval(questions, new TreeMap<>(Map.of(1, 0.9, 5, 0.98, 20, 0.99)), 0.94),
        new Retrieval(questions, new TreeMap<>(Map.of(1, 0.8, 5, 0.95, 20, 0.97)), 0.9),
        List.of(pass("OPEN_QA", 5, percentiles), pass("RETRIEVE", 100, percentiles)));
  }

  private static Pass pass(String kind, int k, Percentiles ms) {
    return new Pass(
        new Asked(kind, k, 16, "CERTAIN"),
        2.54,
        1,
        new TreeMap<>(Map.of(AnswerStatus.ANSWERED, 6, AnswerStatus.NO_ANSWER, 1)),
        new Shortfalls(4, 0, 2),
        3.456,
        new TreeMap<>(Map.of("roundTrip", ms, "search", ms, "read", ms)));
  }

  private static @Nullable Confidence confidence(int count) {
    Random random = new Random(1);
    List<JudgedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double probability = random.nextDouble();
      answers.add(new JudgedAnswer(probability, 0, random.nextDouble() < probability * 0.9));
    }
    return new Confidence(
        count, 0.05, Reliability.of(answers), RiskCoverage.of(answers), RocArea.of(answers));
  }
}
