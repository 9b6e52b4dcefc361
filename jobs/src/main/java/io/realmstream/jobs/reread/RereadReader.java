package io.realmstream.jobs.reread;

import io.realmstream.jobs.InboundRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/** Kafka's reader, whose state is where it began. */
@SuppressWarnings("try") // AutoCloseable and InterruptedException: as Flink declares it
final class RereadReader implements SourceReader<InboundRecord, KafkaPartitionSplit> {
  private final SourceReader<InboundRecord, KafkaPartitionSplit> kafka;
  private final List<KafkaPartitionSplit> begun = new ArrayList<>();

  RereadReader(SourceReader<InboundRecord, KafkaPartitionSplit> kafka) {
    this.kafka = kafka;
  }

  @Override
  public void start() {
    kafka.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<InboundRecord> output) throws Exception {
    return kafka.pollNext(output);
  }

  /** Kafka's own state is made all the same: with it, it commits how far it has read. */
  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
    var unused = kafka.snapshotState(checkpoint);
    return List.copyOf(begun);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return kafka.isAvailable();
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    begun.addAll(splits);
    kafka.addSplits(splits);
  }

  @Override
  public void notifyNoMoreSplits() {
    kafka.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    kafka.handleSourceEvents(event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    kafka.notifyCheckpointComplete(checkpoint);
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) throws Exception {
    kafka.notifyCheckpointAborted(checkpoint);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    kafka.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void close() throws Exception {
    kafka.close();
  }
}
