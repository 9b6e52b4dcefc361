package io.realmstream.jobs.retriever.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.retriever.answer.ReadHarness;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.query.QueryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream.OutputMode;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbedQueryFunctionTest {
  private static final int QUESTIONS_MAX = 4;

  private OneInputStreamOperatorTestHarness<StampedQuery, EmbeddedQuery> harness;

  @SuppressWarnings("NullAway.Init") // set before each test
  EmbedQueryFunctionTest() {}

  @BeforeEach
  void open() throws Exception {
    Models models = new Models(Path.of("target", "models").toString());
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new AsyncWaitOperatorFactory<>(
                new EmbedQueryFunction(models, 1, QUESTIONS_MAX), 0, 1_000, OutputMode.UNORDERED),
            TypeInformation.of(StampedQuery.class)
                .createSerializer(new ExecutionConfig().getSerializerConfig()));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void questionGetsItsVector() throws Exception {
    ask("lone", 60_000);

    assertThat(outcomes(1))
        .singleElement()
        .satisfies(
            query -> {
              assertThat(query.vector()).hasSize(384);
              assertThat(query.failure()).isNull();
            });
  }

  @Test
  void nullDocumentCompetesForMasksAlone() throws Exception {
    long deadlineMs = System.currentTimeMillis() + 60_000;
    harness.processElement(
        new StreamRecord<>(ReadHarness.stamped("masked", QueryKind.MASKED_LM, 5, deadlineMs)));
    ask("open", 60_000);

    assertThat(outcomes(2))
        .allSatisfy(
            embedded ->
                assertThat(embedded.nullScore() != null)
                    .isEqualTo(embedded.stamped().query().kind() == QueryKind.MASKED_LM));
  }

  @Test
  void questionThatIsOverBeforeItIsEmbeddedIsTimedOut() throws Exception {
    ask("late", -1);

    assertThat(outcomes(1))
        .extracting(EmbeddedQuery::failedAs)
        .containsExactly(AnswerStatus.TIMED_OUT);
  }

  /** The first ones wait for the model to open, which takes longer than to ask them all. */
  @Test
  void moreThanMayWaitAreRefused() throws Exception {
    for (int i = 0; i < 200; i++) {
      ask("q" + i, 60_000);
    }
    List<EmbeddedQuery> outcomes = outcomes(200);

    assertThat(outcomes)
        .extracting(EmbeddedQuery::failedAs)
        .containsOnly(null, AnswerStatus.OVERLOADED);
    assertThat(outcomes.stream().filter(query -> query.failure() == null))
        .hasSizeGreaterThanOrEqualTo(QUESTIONS_MAX);
    assertThat(outcomes.stream().filter(query -> query.failure() != null))
        .allSatisfy(query -> assertThat(query.failure()).startsWith("embedding: 4 questions"));
  }

  private void ask(String id, long patienceMs) throws Exception {
    harness.processElement(
        new StreamRecord<>(ReadHarness.stamped(id, 5, System.currentTimeMillis() + patienceMs)));
  }

  private List<EmbeddedQuery> outcomes(int count) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .pollInSameThread()
        .until(
            () -> {
              var mailbox = harness.getTaskMailbox();
              for (var mail = mailbox.tryTake(0); mail.isPresent(); mail = mailbox.tryTake(0)) {
                mail.get().run();
              }
              return harness.getOutput().size() >= count;
            });
    return harness.extractOutputValues();
  }
}
