package io.realmstream.model.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.reader.PassageReading;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.model.reader.TinyReaderPart;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.answer.Span;
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
import io.realmstream.schemas.version.TitleForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Passages of one word, which is their only span. Without "no answer" it has the whole of its
 * passage, so p(y|x) is p(z|x): 3/4 for a score of ln 3, 1/4 for a score of 0.
 */
class OpenQaTaskTest {
  static final Candidate ROME = passage(1, Math.log(3), "Rome");
  static final Candidate OSLO = passage(2, 0, "Oslo");
  private static final Candidate NOTHING = Candidate.nullDocument(1);

  private final Path directory;
  private SpanReader reader;

  @SuppressWarnings("NullAway.Init") // set before each test
  OpenQaTaskTest(@TempDir Path directory) {
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

  @Test
  void allPassagesAreReadButNotTheNullDocument() {
    assertThat(task(null).placesToRead(List.of(ROME, NOTHING, OSLO))).containsExactly(0, 2);
  }

  @Test
  void noMorePassagesAreReadThanTheQuerySays() {
    List<Candidate> candidates = List.of(NOTHING, ROME, OSLO);

    assertThat(task(1).placesToRead(candidates)).containsExactly(1);
    assertThat(task(2).placesToRead(candidates)).containsExactly(1, 2);
    assertThat(task(3).placesToRead(candidates)).containsExactly(1, 2);
  }

  @Test
  void readerIsGivenQuestionTitleAndBody() throws Exception {
    PassageReading read = task(null).read(passage(1, 0, "c"), "b");

    assertThat(read.startScores()).containsExactly(101 + 1037 + 102 + 1038 + 102 + 1039);
  }

  @Test
  void answerIsTheSpanOfTheLargestMarginal() {
    TaskAnswer answer =
        task(null).answer(List.of(ROME, OSLO), List.of(reading(false), reading(false)));

    assertThat(answer.status()).isEqualTo(AnswerStatus.ANSWERED);
    assertThat(answer.mode())
        .isEqualTo(new AnswerMode(QueryKind.OPEN_QA, Normalization.PAPER, Decoding.MARGINAL));
    assertIs(answer.read().answer(), "Rome", 0.75);
    assertIs(answer.read().runnersUp().get(0), "Oslo", 0.25);
    assertThat(answer.read().noAnswerMass()).isEqualTo(0.0);
    assertThat(answer.truncated()).isFalse();
  }

  @Test
  void evidenceSaysWhatEachPassageHasToDoWithTheAnswer() {
    List<TaskAnswer.Evidence> evidence =
        task(null).answer(List.of(ROME, OSLO), List.of(reading(false), reading(false))).evidence();

    assertThat(evidence).extracting(TaskAnswer.Evidence::rank).containsExactly(1, 2);
    assertThat(evidence.get(0).candidate().uid()).isEqualTo(ROME.uid());
    assertThat(evidence.get(0).read()).isEqualTo(new ReadSpan(new Span("Rome", 0, 4), 1.0, 1.0));
    assertThat(evidence.get(1).probability()).isEqualTo(0.25, within(1e-12));
    assertThat(evidence.get(1).read()).as("Oslo is no span of Rome").isEqualTo(ReadSpan.NONE);
  }

  /** The readings are those of the places to read, not of the first candidates. */
  @Test
  void passageThatWasNotReadHoldsNoAnswer() {
    List<Candidate> candidates = List.of(NOTHING, ROME, OSLO);

    TaskAnswer answer = task(1).answer(candidates, List.of(reading(false)));

    double mass = Math.E + 3 + 1;
    assertIs(answer.read().answer(), "Rome", 3 / mass);
    assertThat(answer.read().runnersUp()).isEmpty();
    assertThat(answer.read().noAnswerMass()).isEqualTo((Math.E + 1) / mass, within(1e-12));
  }

  @Test
  void passageThatWasToBeReadIsUnreadMassAndMarked() {
    TaskAnswer answer = task(null).answer(List.of(ROME, OSLO), List.of(reading(false)));

    assertIs(answer.read().answer(), "Rome", 0.75);
    assertThat(answer.read().noAnswerMass()).isEqualTo(0.0);
    assertThat(answer.read().unreadMass()).isEqualTo(0.25, within(1e-12));
    assertThat(answer.evidence().get(0).read().unread()).isNull();
    assertThat(answer.evidence().get(1).read()).isEqualTo(ReadSpan.UNREAD);
  }

  @Test
  void onlyPassagesThatWereNotReadAreMarked() {
    List<TaskAnswer.Evidence> evidence =
        task(1).answer(List.of(NOTHING, ROME, OSLO), List.of(reading(false))).evidence();

    assertThat(evidence)
        .extracting(z -> z.read().unread())
        .as("null document, read, beyond readPassages")
        .containsExactly(null, null, true);
  }

  /** Rome has 3/4 and nothing against it; that the first reading decides. */
  @Test
  void readingEndsWhenTheAnswerIsCertain() {
    assertThat(isCertain(QueryOptions.DEFAULT)).isTrue();
  }

  @Test
  void readingGoesOnWhileMoreIsUnreadThanMayBe() {
    assertThat(isCertain(options(Normalization.PAPER, Reading.CERTAIN, 0.26))).isTrue();
    assertThat(isCertain(options(Normalization.PAPER, Reading.CERTAIN, 0.24))).isFalse();
  }

  @Test
  void allIsReadWhenTheQuerySaysSoAndInJoint() {
    QueryOptions all = options(Normalization.PAPER, Reading.ALL, null);
    QueryOptions joint = options(Normalization.JOINT, Reading.CERTAIN, null);

    assertThat(task(QueryScope.DEFAULT, all).certainty(List.of(ROME, OSLO))).isNull();
    assertThat(task(QueryScope.DEFAULT, joint).certainty(List.of(ROME, OSLO))).isNull();
  }

  @Test
  void nullDocumentAloneIsNoAnswer() {
    TaskAnswer answer = task(null).answer(List.of(NOTHING), List.of());

    assertThat(answer.status()).isEqualTo(AnswerStatus.NO_ANSWER);
    assertThat(answer.read().answer()).isNull();
    assertThat(answer.read().noAnswerMass()).isEqualTo(1.0);
  }

  @Test
  void oneReadingThatWasCutMakesTheAnswerTruncated() {
    assertThat(
            task(null)
                .answer(List.of(ROME, OSLO), List.of(reading(false), reading(true)))
                .truncated())
        .isTrue();
  }

  private OpenQaTask task(@Nullable Integer readPassages) {
    return task(new QueryScope(null, readPassages, false, null, null), QueryOptions.DEFAULT);
  }

  private OpenQaTask task(QueryScope scope, QueryOptions options) {
    return new OpenQaTask(
        reader, Calibration.NONE, new Query("q", "a", QueryKind.OPEN_QA, scope, null, options));
  }

  /** Whether the first of Rome and Oslo is enough. */
  private boolean isCertain(QueryOptions options) {
    var certainty = task(QueryScope.DEFAULT, options).certainty(List.of(ROME, OSLO));
    return Objects.requireNonNull(certainty).test(reading(false));
  }

  private static QueryOptions options(
      Normalization normalization, Reading reading, @Nullable Double unreadMassMax) {
    return new QueryOptions(
        normalization,
        Decoding.MARGINAL,
        Competition.OPEN,
        4,
        reading,
        unreadMassMax,
        AnswerThresholds.NONE,
        null);
  }

  private static Candidate passage(long uid, double score, String body) {
    return new Candidate(new Hash128(0, uid), new Hash128(1, uid), score, body, null);
  }

  /** One token of four letters. */
  static PassageReading reading(boolean truncated) {
    return new PassageReading(
        new float[] {1},
        new float[] {2},
        new int[] {0},
        new int[] {4},
        1,
        Double.NEGATIVE_INFINITY,
        truncated);
  }

  static void assertIs(@Nullable AnswerCandidate answer, String text, double probability) {
    assertThat(Objects.requireNonNull(answer).text()).isEqualTo(text);
    assertThat(answer.probability()).isEqualTo(probability, within(1e-12));
  }
}
