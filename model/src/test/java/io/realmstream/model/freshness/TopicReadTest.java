package io.realmstream.model.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopicReadTest {
  private static final long NOTHING = PartitionRead.NOTHING;

  private final TopicRead topic = new TopicRead();

  @Test
  void leastPartitionOfAllReadersCounts() {
    assertThat(topic.throughMs()).isEqualTo(NOTHING);
    take(2, 0, 3, 500);
    assertThat(topic.throughMs()).isEqualTo(NOTHING);
    take(2, 1, 4, 400);
    assertThat(topic.throughMs()).isEqualTo(400);
    take(2, 1, 9, 900);
    assertThat(topic.throughMs()).isEqualTo(500);
    assertThat(topic.next()).containsExactly(3L, 9L);
  }

  @Test
  void partitionOfWhichNothingIsKnownHoldsTheClaim() {
    take(2, 0, 3, 500);
    take(2, 1, -2, NOTHING);

    assertThat(topic.throughMs()).isEqualTo(NOTHING);
    assertThat(topic.next()).containsExactly(3L, -1L);
  }

  @Test
  void partitionThatWasAddedIsNotClaimedOverBeforeAReaderHasIt() {
    take(1, 0, 3, 500);
    assertThat(topic.throughMs()).isEqualTo(500);

    take(2, 0, 3, 1_500);
    assertThat(topic.throughMs()).isEqualTo(500);

    take(1, 1, -2, NOTHING);
    assertThat(topic.throughMs()).isEqualTo(500);

    take(2, 1, 7, 1_400);
    assertThat(topic.throughMs()).isEqualTo(1_400);
  }

  private void take(int partitions, int partition, long next, long throughMs) {
    topic.take(new ReadThrough(partitions, List.of(new PartitionRead(partition, next, throughMs))));
  }
}
