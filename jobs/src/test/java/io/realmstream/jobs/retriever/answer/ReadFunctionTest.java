package io.realmstream.jobs.retriever.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.realmstream.model.masked.MaskedAnswer;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.query.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With the real reader, which takes some tens of milliseconds a passage, on one thread. */
class ReadFunctionTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int QUESTIONS_MAX = 8;

  private final List<Answer> answers = new ArrayList<>();
  private ReadHarness read;

  @SuppressWarnings("NullAway.Init") // set before each test
  ReadFunctionTest() {}

  @BeforeEach
  void open() throws Exception {
    read = new ReadHarness(1, QUESTIONS_MAX);
  }

  @AfterEach
  void close() throws Exception {
    read.close();
  }

  @Test
  void loneQuestionIsAnswered() throws Exception {
    ask("lone", 5, PATIENCE);
    awaitAnswers(1);

    assertThat(result("lone").status()).isEqualTo(AnswerStatus.ANSWERED);
    assertThat(result("lone").passages()).hasSize(5);
  }

  /** The passages are equal: of a few the answer has more than the others can add to another. */
  @Test
  void passagesThatCannotChangeTheAnswerAreNotRead() throws Exception {
    ask("certain", 10, PATIENCE);
    long deadlineMs = System.currentTimeMillis() + PATIENCE.toMillis();
    awaitAnswers(1);
    read.ask(
        ReadHarness.retrieved(
            ReadHarness.stamped(
                new Query(
                    "all",
                    "How high is Victoria Falls?",
                    QueryKind.OPEN_QA,
                    QueryScope.ofPassages(10),
                    null,
                    QueryOptions.DEFAULT.with(Reading.ALL)),
                deadlineMs),
            10));
    awaitAnswers(2);

    AnswerResult certain = result("certain");
    AnswerResult all = result("all");
    assertThat(certain.passages()).hasSize(10);
    assertThat(readCount(certain)).isBetween(5L, 9L);
    assertThat(readCount(all)).isEqualTo(10);
    double p = probability(certain);
    double unread = Objects.requireNonNull(certain.read().unreadMass());
    assertThat(unread).isEqualTo((10 - readCount(certain)) / 10.0, within(0.01));
    assertThat(probability(all)).isBetween(p, p + unread);
    assertThat(all.read().unreadMass()).isZero();
    assertThat(Objects.requireNonNull(certain.read().answer()).text())
        .isEqualTo(Objects.requireNonNull(all.read().answer()).text());
  }

  @Test
  void threadsDoNotShowInTheResult() throws Exception {
    ask("one", 10, PATIENCE);
    awaitAnswers(1);
    read.close();
    read = new ReadHarness(3, QUESTIONS_MAX);
    ask("three", 10, PATIENCE);
    awaitAnswers(2);

    assertThat(result("three")).isEqualTo(result("one"));
  }

  @Test
  void whatOnlyRetrievesIsAnsweredAtOnceHoweverManyPassages() throws Exception {
    ask("retrieve", QueryKind.RETRIEVE, 1_000, 1_000);
    take();

    assertThat(result("retrieve").status()).isEqualTo(AnswerStatus.ANSWERED);
    assertThat(result("retrieve").mode()).isEqualTo(new AnswerMode(QueryKind.RETRIEVE, null, null));
    assertThat(result("retrieve").passages()).hasSize(1_000);
    assertThat(answers.get(0).run().stagesMs()).doesNotContainKey("read");
  }

  /** The same as without the operator, from what its reader says of each passage. */
  @Test
  void masksAreAnsweredWithWhatThePassagesSay() throws Exception {
    ask("masked", QueryKind.MASKED_LM, 3, 3);
    awaitAnswers(1);

    AnswerResult masked = result("masked");
    assertThat(masked.status()).isEqualTo(AnswerStatus.ANSWERED);
    assertThat(masked.mode())
        .isEqualTo(new AnswerMode(QueryKind.MASKED_LM, null, Decoding.MARGINAL));
    MaskedAnswer expected = ReadHarness.maskedAnswer("Victoria Falls is [MASK] high.", 3);
    assertThat(Objects.requireNonNull(masked.read().answer()).probability())
        .isEqualTo(expected.sequences().get(0).probability(), within(1e-9));
    assertThat(masked.passages())
        .extracting(passage -> passage.read().posterior())
        .containsExactlyElementsOf(
            expected.evidence().stream().map(MaskedAnswer.Evidence::posterior).toList());
  }

  @Test
  void maskBehindTheTokensThatAreReadIsInvalid() throws Exception {
    Query query =
        new Query(
            "behind",
            "high ".repeat(16) + "[MASK]",
            QueryKind.MASKED_LM,
            QueryScope.ofPassages(3),
            null,
            QueryOptions.DEFAULT);
    long deadlineMs = System.currentTimeMillis() + PATIENCE.toMillis();
    read.ask(ReadHarness.retrieved(ReadHarness.stamped(query, deadlineMs), 3));
    awaitAnswers(1);

    assertThat(result("behind").status()).isEqualTo(AnswerStatus.INVALID);
    assertThat(result("behind").reason()).contains("first 16 tokens");
  }

  @ParameterizedTest
  @EnumSource(QueryKind.class)
  void withoutPassagesThereAreNoCandidatesWhateverTheKind(QueryKind kind) throws Exception {
    ask("none", kind, 5, 0);
    take();

    assertThat(result("none").status()).isEqualTo(AnswerStatus.NO_CANDIDATES);
    assertThat(result("none").mode()).isEqualTo(new AnswerMode(kind, null, null));
    assertThat(result("none").read()).isEqualTo(ReadAnswers.NONE);
    assertThat(result("none").passages()).isEmpty();
  }

  /** Its passages are a minute's work: it would hold the thread for all of its ten seconds. */
  @Test
  void questionOfAThousandPassagesIsRefusedNotTimedOut() throws Exception {
    ask("warm", 5, PATIENCE);
    awaitAnswers(1);
    ask("lone", 1_000, Duration.ofSeconds(10));
    awaitAnswers(2);

    assertThat(result("lone").status()).isEqualTo(AnswerStatus.OVERLOADED);
    assertThat(result("lone").reason()).startsWith("reading: ");
  }

  @Test
  void besideOthersItIsRefusedBeforeAnythingIsRead() throws Exception {
    ask("warm", 5, PATIENCE);
    awaitAnswers(1);
    ask("beside", 100, PATIENCE);
    ask("large", 1_000, Duration.ofSeconds(10));
    take();

    assertThat(answers).extracting(Answer::id).containsExactly("warm", "large");
    assertThat(result("large").status()).isEqualTo(AnswerStatus.OVERLOADED);
    assertThat(result("large").reason()).contains("1 others", "it has 10.0 s left");
  }

  @Test
  void questionOfFivePassagesIsAnsweredBeforeOneOfFortyThatCameFirst() throws Exception {
    // the order is what is tested: no deadline is near, however slow the machine
    ask("large", 40, Duration.ofDays(1));
    ask("small", 5, Duration.ofDays(1));
    awaitAnswers(2, Duration.ofMinutes(10));

    assertThat(answers).extracting(Answer::id).containsExactly("small", "large");
    assertThat(answers)
        .extracting(answer -> answer.result().status())
        .containsOnly(AnswerStatus.ANSWERED);
  }

  @Test
  void moreThanMayWaitAreRefusedAtOnceAndHoldUpNobody() throws Exception {
    for (int i = 0; i < 5 * QUESTIONS_MAX; i++) {
      ask("q" + i, 5, PATIENCE);
    }
    awaitAnswers(5 * QUESTIONS_MAX);

    List<AnswerStatus> statuses = answers.stream().map(answer -> answer.result().status()).toList();
    assertThat(statuses).containsOnly(AnswerStatus.ANSWERED, AnswerStatus.OVERLOADED);
    assertThat(statuses.stream().filter(status -> status == AnswerStatus.ANSWERED))
        .hasSizeGreaterThanOrEqualTo(QUESTIONS_MAX);
    assertThat(answers.get(0).result().status()).isEqualTo(AnswerStatus.OVERLOADED);
  }

  /** More than a thousand passages of questions that are over would be read before it. */
  @Test
  void questionsThatAreOverLeaveNothingBehindThem() throws Exception {
    for (int i = 0; i < QUESTIONS_MAX; i++) {
      ask("over" + i, 200, Duration.ofMillis(200));
    }
    awaitAnswers(QUESTIONS_MAX);
    assertThat(answers)
        .extracting(answer -> answer.result().status())
        .doesNotContain(AnswerStatus.ANSWERED);
    ask("after", 5, Duration.ofSeconds(30));
    awaitAnswers(QUESTIONS_MAX + 1);

    assertThat(result("after").status()).isEqualTo(AnswerStatus.ANSWERED);
  }

  @Test
  void deadlineOfThePastIsTimedOut() throws Exception {
    ask("late", 5, Duration.ofSeconds(-1));
    awaitAnswers(1);

    assertThat(result("late").status()).isEqualTo(AnswerStatus.TIMED_OUT);
  }

  @Test
  void readingIsMeasuredWhetherAnAnswerCameInTimeOrNot() throws Exception {
    ask("late", 5, Duration.ofSeconds(-1));
    awaitAnswers(1);
    assertThat(result("late").status()).isEqualTo(AnswerStatus.TIMED_OUT);
    assertThat(read.values("readMs")).isEqualTo(1);
    ask("in time", 5, PATIENCE);
    awaitAnswers(2);
    ask("nothing to read", QueryKind.RETRIEVE, 5, 5);
    awaitAnswers(3);
    assertThat(read.values("readMs")).isEqualTo(2);
  }

  private static long readCount(AnswerResult result) {
    return result.passages().stream().filter(Evidence::wasRead).count();
  }

  private static double probability(AnswerResult result) {
    return Objects.requireNonNull(result.read().answer()).probability();
  }

  private void ask(String id, int k, Duration patience) throws Exception {
    read.ask(ReadHarness.question(id, k, System.currentTimeMillis() + patience.toMillis()));
  }

  private void ask(String id, QueryKind kind, int k, int found) throws Exception {
    long deadlineMs = System.currentTimeMillis() + PATIENCE.toMillis();
    read.ask(ReadHarness.retrieved(ReadHarness.stamped(id, kind, k, deadlineMs), found));
  }

  private void awaitAnswers(int count) {
    awaitAnswers(count, PATIENCE);
  }

  private void awaitAnswers(int count, Duration patience) {
    await()
        .atMost(patience)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .pollInSameThread()
        .until(
            () -> {
              take();
              return answers.size() >= count;
            });
  }

  private void take() throws Exception {
    answers.addAll(read.answers());
  }

  private AnswerResult result(String id) {
    return answers.stream()
        .filter(answer -> answer.id().equals(id))
        .findFirst()
        .orElseThrow()
        .result();
  }
}
