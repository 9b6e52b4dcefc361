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
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Kafka's source, which counts in {@code recordsExpired} what left the topic unread. */
public final class LossCountingSource extends DelegatingSource<InboundRecord> {
  private static final long serialVersionUID = 1L;

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
      for (Map.Entry<TopicPartition, ListOffsetsResultInfo> answer :
          admin.listOffsets(asked).all().get().entrySet()) {
        begins.put(answer.getKey(), answer.getValue().offset());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody says where " + partitions + " begin", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return begins;
  }
}
