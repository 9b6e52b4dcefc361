package io.realmstream.jobs.kafka;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OperatorMetrics;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka's source, which counts in {@code recordsExpired} what left the topic unread. */
public final class LossCountingSource extends DelegatingSource<InboundRecord> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(LossCountingSource.class);

  private final Properties properties;

  /**
   * @param properties by which the brokers are reached
   */
  public LossCountingSource(KafkaSource<InboundRecord> kafka, Properties properties) {
    super(kafka, kafka.getProducedType());
    this.properties = properties;
  }

  @Override
  protected SourceReader<InboundRecord, KafkaPartitionSplit> around(
      SourceReader<InboundRecord, KafkaPartitionSplit> reader, MetricGroup metrics) {
    return new LossCountingReader(
        reader,
        partitions -> begins(properties, partitions),
        new OperatorMetrics(metrics).counter("recordsExpired"));
  }

  private static Map<TopicPartition, Long> begins(
      Properties kafka, Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, OffsetSpec.earliest()));
    Map<TopicPartition, Long> begins = new HashMap<>();
    try (Admin admin = Admin.create(kafka)) {
      ListOffsetsResult answers = admin.listOffsets(asked);
      for (TopicPartition partition : partitions) {
        try {
          begins.put(partition, answers.partitionResult(partition).get().offset());
        } catch (ExecutionException e) { // to read goes before to count
          LOG.warn("what left {} unread is not counted: nobody says where it begins", partition, e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return begins;
  }
}
