package io.realmstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.InboundRecord;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LossCountingReaderTest {
  /** Where each partition of the topic begins. */
  private static final Map<TopicPartition, Long> BEGINS =
      Map.of(partition(0), 100L, partition(1), 40L, partition(2), 0L);

  private final List<Object> added = new ArrayList<>();
  private final List<TopicPartition> asked = new ArrayList<>();
  private final Counter lost = new SimpleCounter();
  private final LossCountingReader reader =
      new LossCountingReader(
          kafka(),
          partitions -> {
            asked.addAll(partitions);
            return BEGINS;
          },
          lost);

  private static TopicPartition partition(int number) {
    return new TopicPartition("events", number);
  }

  private static KafkaPartitionSplit split(int partition, long offset) {
    return new KafkaPartitionSplit(partition(partition), offset);
  }

  @SuppressWarnings("unchecked")
  private SourceReader<InboundRecord, KafkaPartitionSplit> kafka() {
    return (SourceReader<InboundRecord, KafkaPartitionSplit>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {SourceReader.class},
            (proxy, method, arguments) -> {
              added.addAll(Arrays.asList(arguments));
              return null;
            });
  }

  /** Offset 40 is the next one and the first one: nothing is missing. */
  @Test
  void whatLeftTheTopicBeforeItWasReadIsCounted() {
    List<KafkaPartitionSplit> splits = List.of(split(0, 93), split(1, 40), split(2, 5));
    reader.addSplits(splits);
    assertThat(lost.getCount()).isEqualTo(7);
    assertThat(added).containsExactly(splits);
    reader.addSplits(List.of(split(1, 39)));
    assertThat(lost.getCount()).isEqualTo(8);
  }

  @Test
  void aStartWithoutStateLosesNothing() {
    reader.addSplits(List.of(split(0, KafkaPartitionSplit.EARLIEST_OFFSET)));
    assertThat(lost.getCount()).isZero();
    assertThat(asked).isEmpty();
    assertThat(added).hasSize(1);
  }
}
