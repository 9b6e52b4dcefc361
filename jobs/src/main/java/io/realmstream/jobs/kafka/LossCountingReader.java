package io.realmstream.jobs.kafka;

import io.realmstream.jobs.InboundRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's reader, which counts what left the topic while nobody read it: the offsets between the
 * place where it is to read on and the first record that the topic still has.
 */
@SuppressWarnings("try") // as DelegatingReader
final class LossCountingReader extends DelegatingReader<InboundRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(LossCountingReader.class);

  private final Function<Collection<TopicPartition>, Map<TopicPartition, Long>> begins;
  private final Counter lost;

  /**
   * @param begins asks for the offset of the first record of each partition; blocks
   */
  LossCountingReader(
      SourceReader<InboundRecord, KafkaPartitionSplit> kafka,
      Function<Collection<TopicPartition>, Map<TopicPartition, Long>> begins,
      Counter lost) {
    super(kafka);
    this.begins = begins;
    this.lost = lost;
  }

  @Override
  public InputStatus pollNext(ReaderOutput<InboundRecord> output) throws Exception {
    return kafka.pollNext(output);
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    // others begin where the topic does
    List<KafkaPartitionSplit> restored =
        splits.stream().filter(split -> split.getStartingOffset() >= 0).toList();
    if (!restored.isEmpty()) {
      count(restored);
    }
    super.addSplits(splits);
  }

  private void count(List<KafkaPartitionSplit> restored) {
    Map<TopicPartition, Long> first =
        begins.apply(restored.stream().map(KafkaPartitionSplit::getTopicPartition).toList());
    for (KafkaPartitionSplit split : restored) {
      long next = split.getStartingOffset();
      long missing = first.getOrDefault(split.getTopicPartition(), next) - next;
      if (missing > 0) {
        lost.inc(missing);
        LOG.error(
            "{} records left {} before they were read: their retention had passed",
            missing,
            split.getTopicPartition());
      }
    }
  }
}
