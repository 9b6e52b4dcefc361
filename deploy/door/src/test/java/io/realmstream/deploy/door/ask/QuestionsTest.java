package io.realmstream.deploy.door.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.ReceivedAnswer;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QuestionsTest {
  private final Instant far = Instant.now().plusSeconds(600);

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Questions questions =
      new Questions(
          "queries",
          producer,
          place -> ClientException.unreachable("silent at " + (place == null ? "" : place)));

  @AfterEach
  void close() {
    questions.close();
  }

  @Test
  void whoAsksWhileNobodyListensIsToldAtOnce() {
    assertFails(questions.ask(query("a", far)), "the answers are not read yet");
    questions.hearing();
    assertThat(questions.ask(query("a", far))).isNotDone();
    questions.deaf("no broker");
    assertFails(questions.ask(query("a", far)), "no broker");
    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void eachGetsItsOwnAnswerThoughTheIdIsTheSame() throws Exception {
    questions.hearing();
    CompletableFuture<ReceivedAnswer> first = questions.ask(query("same", far));
    CompletableFuture<ReceivedAnswer> second = questions.ask(query("same", far));
    questions.hear(Replies.to(producer.history().get(1), "two".getBytes(UTF_8)));
    assertThat(first).isNotDone();
    questions.hear(Replies.to(producer.history().get(0), "one".getBytes(UTF_8)));
    assertThat(first.get().bytes()).isEqualTo("one".getBytes(UTF_8));
    assertThat(second.get().bytes()).isEqualTo("two".getBytes(UTF_8));
  }

  @Test
  void whatIsNobodysAnswerIsPassedOver() {
    questions.hearing();
    CompletableFuture<ReceivedAnswer> answer = questions.ask(query("a", far));
    questions.hear(Replies.named("a", "somebody else's", new byte[] {1}));
    questions.hear(Replies.named("a", null, new byte[] {1}));
    questions.hear(Replies.to(producer.history().get(0), null));
    assertThat(answer).isNotDone();
  }

  @Test
  void whatIsNotAnsweredEndsAfterItsDeadlineWithTheReason() {
    questions.hearing();
    Instant over = Instant.now().minusSeconds(3_600);
    assertFails(questions.ask(query("a", over)), "silent at queries-0@0");
  }

  @Test
  void whatTheBrokerRefusesIsSaid() {
    questions.hearing();
    producer.sendException = new TimeoutException("no metadata");
    assertFails(questions.ask(query("a", far)), "not sent", "no metadata");
    producer.sendException = null;
    MockProducer<byte[], byte[]> slow =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    Questions others = new Questions("queries", slow, place -> new IllegalStateException());
    others.hearing();
    CompletableFuture<ReceivedAnswer> answer = others.ask(query("a", far));
    slow.errorNext(new RecordTooLargeException("too large"));
    assertThatThrownBy(answer::join).hasCauseInstanceOf(RecordTooLargeException.class);
    others.close();
  }

  @Test
  void closingEndsWhatWaits() {
    questions.hearing();
    CompletableFuture<ReceivedAnswer> answer = questions.ask(query("a", far));
    questions.close();
    assertFails(answer, "the door is closing");
  }

  private static void assertFails(CompletableFuture<ReceivedAnswer> answer, String... message) {
    assertThatThrownBy(answer::join)
        .cause()
        .isInstanceOf(ClientException.class)
        .hasMessageContainingAll(message);
  }

  private static Query query(String id, Instant deadline) {
    return new Query(
        id, "goats", QueryKind.OPEN_QA, QueryScope.DEFAULT, deadline, QueryOptions.DEFAULT);
  }
}
