package io.realmstream.jobs.kafka;

import io.realmstream.jobs.InboundRecord;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * A reader around Kafka's that does as Kafka's does.
 *
 * @param <T> what it hands on
 */
@SuppressWarnings("try") // AutoCloseable and InterruptedException: as Flink declares it
public abstract class DelegatingReader<T> implements SourceReader<T, KafkaPartitionSplit> {
  protected final SourceReader<InboundRecord, KafkaPartitionSplit> kafka;

  protected DelegatingReader(SourceReader<InboundRecord, KafkaPartitionSplit> kafka) {
    this.kafka = kafka;
  }

  @Override
  public void start() {
    kafka.start();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return kafka.isAvailable();
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    kafka.addSplits(splits);
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
    return kafka.snapshotState(checkpoint);
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
