package io.realmstream.model.task;

import static io.realmstream.model.task.OpenQaTaskTest.OSLO;
import static io.realmstream.model.task.OpenQaTaskTest.ROME;
import static io.realmstream.model.task.OpenQaTaskTest.assertIs;
import static io.realmstream.model.task.OpenQaTaskTest.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.model.reader.TinyReaderPart;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.ReferenceScore;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.query.Reading;
import io.realmstream.schemas.version.Calibration;
import io.realmstream.schemas.version.ConfidenceCurve;
import io.realmstream.schemas.version.TitleForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a calibration and references add: Rome has 3/4, Oslo 1/4, as in {@link OpenQaTaskTest}. */
class ScoredOpenQaTaskTest {
  private final Path directory;
  private SpanReader reader;

  @SuppressWarnings("NullAway.Init") // set before each test
  ScoredOpenQaTaskTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void open() throws Exception {
    reader =
        SpanReader.open(
            TinyReaderPart.write(directory, TitleForm.SEGMENT, false),
            TestParts.cache(directory.resolve("cache")));
  }

  @AfterEach
  void close() {
    reader.close();
  }

  /** "Oslo" has 1/4, all of it from the second passage; "Bern" stands nowhere. */
  @Test
  void referencesAreScoredAndAllIsReadForThem() {
    QueryOptions options = QueryOptions.DEFAULT.withReferences(List.of("the OSLO.", "Bern"));
    OpenQaTask task = task(Calibration.NONE, options);
    TaskAnswer answer = task.answer(List.of(ROME, OSLO), List.of(reading(false), reading(false)));

    assertThat(task.certainty(List.of(ROME, OSLO))).isNull();
    assertIs(answer.read().answer(), "Rome", 0.75);
    ReferenceScore score = Objects.requireNonNull(answer.read().reference());
    assertThat(score.logProbability()).isEqualTo(Math.log(0.25), within(1e-12));
    assertThat(score.posterior()).isNull();
    assertThat(answer.evidence())
        .extracting(z -> z.read().reference())
        .containsExactly(new ReferenceScore(null, 0.0), new ReferenceScore(0.0, 1.0));
  }

  @Test
  void referencesThatStandNowhereAreImpossible() {
    QueryOptions options = QueryOptions.DEFAULT.withReferences(List.of("Bern"));
    TaskAnswer answer =
        task(Calibration.NONE, options)
            .answer(List.of(ROME, OSLO), List.of(reading(false), reading(false)));

    ReferenceScore impossible = new ReferenceScore(null, null);
    assertThat(answer.read().reference()).isEqualTo(impossible);
    assertThat(answer.evidence())
        .extracting(z -> z.read().reference())
        .containsExactly(impossible, impossible);
  }

  @Test
  void thresholdOfTheCheckpointWithholdsTheAnswer() {
    Calibration calibration = new Calibration(1, new AnswerThresholds(null, 0.76), null);
    TaskAnswer answer = answer(calibration, AnswerThresholds.NONE);

    assertThat(answer.status()).isEqualTo(AnswerStatus.NO_ANSWER);
    assertThat(answer.read().answer()).isNull();
    assertIs(answer.read().withheld(), "Rome", 0.75);
    assertThat(answer.evidence()).extracting(z -> z.read().span()).containsOnlyNulls();
  }

  /** ln(0.75 / 0.25) + 1: odds of 3 e. */
  @Test
  void confidenceIsTheCurveAtTheProbabilityOfTheAnswer() {
    ConfidenceCurve curve = new ConfidenceCurve(1, 1);
    TaskAnswer given =
        answer(new Calibration(1, AnswerThresholds.NONE, curve), AnswerThresholds.NONE);
    TaskAnswer withheld =
        answer(new Calibration(1, new AnswerThresholds(null, 0.76), curve), AnswerThresholds.NONE);

    double confidence = 3 * Math.E / (1 + 3 * Math.E);
    assertThat(given.read().confidence()).isEqualTo(confidence, within(1e-12));
    assertThat(withheld.read().confidence()).isEqualTo(confidence, within(1e-12));
    assertThat(withheld.read().answer()).isNull();
    assertIs(given.read().answer(), "Rome", 0.75);
  }

  @Test
  void noConfidenceIsClaimedForJointWhichTheCurveWasNotFittedTo() {
    Calibration calibration = new Calibration(1, AnswerThresholds.NONE, new ConfidenceCurve(1, 1));
    QueryOptions joint =
        new QueryOptions(
            Normalization.JOINT,
            Decoding.MARGINAL,
            Competition.OPEN,
            4,
            Reading.ALL,
            null,
            AnswerThresholds.NONE,
            null);
    TaskAnswer answer = answer(task(calibration, joint));

    assertThat(answer.status()).isEqualTo(AnswerStatus.ANSWERED);
    assertThat(answer.read().confidence()).isNull();
  }

  @Test
  void thresholdOfTheQueryGoesBeforeTheCheckpoints() {
    Calibration calibration = new Calibration(1, new AnswerThresholds(null, 0.76), null);
    TaskAnswer answer = answer(calibration, new AnswerThresholds(null, 0.74));

    assertIs(answer.read().answer(), "Rome", 0.75);
    assertThat(answer.read().withheld()).isNull();
  }

  private TaskAnswer answer(Calibration calibration, AnswerThresholds thresholds) {
    return answer(task(calibration, QueryOptions.DEFAULT.with(thresholds)));
  }

  private static TaskAnswer answer(OpenQaTask task) {
    return task.answer(List.of(ROME, OSLO), List.of(reading(false), reading(false)));
  }

  private OpenQaTask task(Calibration calibration, QueryOptions options) {
    return new OpenQaTask(
        reader,
        calibration,
        new Query("q", "a", QueryKind.OPEN_QA, QueryScope.DEFAULT, null, options));
  }
}
