package io.realmstream.deploy.door.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.ClientException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class SilentQuestionsTest {
  private static final TopicPartition PARTITION = new TopicPartition("queries", 2);

  @Test
  void whatWasReadTimedOutAndWhatWasNotHasNoReader() {
    SilentQuestions silence = new SilentQuestions(() -> Map.of(PARTITION, 7L));
    assertThat(silence.explain(at(6)))
        .isInstanceOfSatisfying(
            ClientException.class,
            e -> assertThat(e.kind()).isEqualTo(ClientException.Kind.TIMED_OUT))
        .hasMessage("the query was read, but no answer came in time");
    assertThat(silence.explain(at(7)))
        .isInstanceOfSatisfying(
            ClientException.class,
            e -> assertThat(e.kind()).isEqualTo(ClientException.Kind.UNREACHABLE))
        .hasMessage("no retriever is reading queries: is `realm up` running?");
    assertThat(silence.explain(null)).hasMessage("no broker took the question in time");
  }

  @Test
  void aGroupThatNeverReadIsNoReader() {
    assertThat(new SilentQuestions(Map::of).explain(at(0)))
        .hasMessageStartingWith("no retriever is reading queries");
  }

  @Test
  void theBrokerIsAskedOnceForManyAlsoWhenItFails() {
    AtomicInteger asked = new AtomicInteger();
    SilentQuestions silence =
        new SilentQuestions(
            () -> {
              asked.incrementAndGet();
              throw new TimeoutException("no coordinator");
            });
    for (int i = 0; i < 64; i++) {
      assertThat(silence.explain(at(i)))
          .hasMessageContaining("the broker does not say who reads questions")
          .hasMessageContaining("no coordinator");
    }
    assertThat(asked).hasValue(1);
  }

  private static RecordMetadata at(long offset) {
    return new RecordMetadata(PARTITION, offset, 0, 0, 1, 1);
  }
}
