package io.realmstream.jobs.kafka;

import io.realmstream.jobs.InboundRecord;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.MetricGroup;

/**
 * Kafka's source of a compacted topic, which keeps where it began and not how far it has read: each
 * start, after a restore as well, reads the topic from there.
 */
public final class RereadSource extends DelegatingSource<InboundRecord> {
  private static final long serialVersionUID = 1L;

  public RereadSource(KafkaSource<InboundRecord> kafka) {
    super(kafka, kafka.getProducedType());
  }

  @Override
  protected SourceReader<InboundRecord, KafkaPartitionSplit> around(
      SourceReader<InboundRecord, KafkaPartitionSplit> reader, MetricGroup metrics) {
    return new RereadReader(reader);
  }
}
