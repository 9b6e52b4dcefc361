package io.realmstream.jobs.kafka;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.graph.DocumentsRecord;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Kafka's source of the documents topic, which says behind its records how far it has read. */
public final class DocumentsSource extends DelegatingSource<DocumentsRecord> {
  public static final String UID = "documents-source";
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final Properties properties;
  private final long toleranceMs;

  /**
   * @param toleranceMs see {@code realm.freshness.tolerance}
   */
  public DocumentsSource(
      KafkaSource<InboundRecord> kafka, String topic, Properties properties, long toleranceMs) {
    super(kafka, TypeInformation.of(DocumentsRecord.class));
    this.topic = topic;
    this.properties = properties;
    this.toleranceMs = toleranceMs;
  }

  @Override
  protected SourceReader<DocumentsRecord, KafkaPartitionSplit> around(
      SourceReader<InboundRecord, KafkaPartitionSplit> reader, MetricGroup metrics) {
    Counter expired = new OperatorMetrics(metrics).counter("editsExpired");
    return new DocumentsReader(reader, new KafkaLookout(topic, properties, toleranceMs), expired);
  }
}
