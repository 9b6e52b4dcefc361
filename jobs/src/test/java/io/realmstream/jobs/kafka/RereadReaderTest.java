package io.realmstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.InboundRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RereadReaderTest {
  private static final TopicPartition PARTITION = new TopicPartition("partitions", 0);

  @Test
  void stateIsWhereItBeganHoweverFarItHasReadAndHoweverOftenItIsRestored() throws Exception {
    List<KafkaPartitionSplit> state = List.of(new KafkaPartitionSplit(PARTITION, 7));
    for (int start = 0; start < 3; start++) {
      Advancing kafka = new Advancing();
      RereadReader reader = new RereadReader(kafka);
      reader.start();
      reader.addSplits(state);
      assertThat(kafka.next()).containsExactly(7L);
      kafka.advance(100);
      state = reader.snapshotState(1);
      reader.notifyCheckpointComplete(1);
      reader.close();

      assertThat(kafka.committed).containsExactly(107L);
      assertThat(state).extracting(KafkaPartitionSplit::getStartingOffset).containsExactly(7L);
    }
  }

  @Test
  void partitionsThatAreAddedLaterAreKeptAsWell() {
    RereadReader reader = new RereadReader(new Advancing());
    reader.addSplits(List.of(new KafkaPartitionSplit(PARTITION, 7)));
    reader.addSplits(
        List.of(
            new KafkaPartitionSplit(
                new TopicPartition("partitions", 1), KafkaPartitionSplit.EARLIEST_OFFSET)));
    assertThat(reader.snapshotState(1))
        .extracting(KafkaPartitionSplit::getPartition)
        .containsExactly(0, 1);
  }

  /** A reader whose state is how far it has read, as Kafka's is. */
  private static final class Advancing implements SourceReader<InboundRecord, KafkaPartitionSplit> {
    private final List<KafkaPartitionSplit> splits = new ArrayList<>();
    private List<Long> noted = List.of();
    private List<Long> committed = List.of();

    void advance(long records) {
      splits.replaceAll(
          split ->
              new KafkaPartitionSplit(
                  split.getTopicPartition(), split.getStartingOffset() + records));
    }

    List<Long> next() {
      return splits.stream().map(KafkaPartitionSplit::getStartingOffset).toList();
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<InboundRecord> output) {
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
      noted = next();
      return List.copyOf(splits);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
      committed = noted;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> added) {
      splits.addAll(added);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }
}
