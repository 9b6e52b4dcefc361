package io.realmstream.jobs.kafka;

import io.realmstream.jobs.InboundRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/** Kafka's reader, whose state is where it began. */
@SuppressWarnings("try") // as DelegatingReader
final class RereadReader extends DelegatingReader<InboundRecord> {
  private final List<KafkaPartitionSplit> begun = new ArrayList<>();

  RereadReader(SourceReader<InboundRecord, KafkaPartitionSplit> kafka) {
    super(kafka);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<InboundRecord> output) throws Exception {
    return kafka.pollNext(output);
  }

  /** Kafka's own state is made all the same: with it, it commits how far it has read. */
  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
    var unused = super.snapshotState(checkpoint);
    return List.copyOf(begun);
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    begun.addAll(splits);
    super.addSplits(splits);
  }
}
