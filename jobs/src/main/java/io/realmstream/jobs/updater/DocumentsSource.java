package io.realmstream.jobs.updater;

import io.realmstream.jobs.InboundRecord;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Kafka's source of the documents topic, which says behind its records how far it has read. */
final class DocumentsSource
    implements Source<DocumentsRecord, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<DocumentsRecord> {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<InboundRecord> kafka;
  private final String topic;
  private final Properties properties;
  private final long toleranceMs;

  /**
   * @param toleranceMs see {@code realm.freshness.tolerance}
   */
  DocumentsSource(
      KafkaSource<InboundRecord> kafka, String topic, Properties properties, long toleranceMs) {
    this.kafka = kafka;
    this.topic = topic;
    this.properties = properties;
    this.toleranceMs = toleranceMs;
  }

  @Override
  public SourceReader<DocumentsRecord, KafkaPartitionSplit> createReader(
      SourceReaderContext context) throws Exception {
    return new DocumentsReader(
        kafka.createReader(context), new KafkaLookout(topic, properties, toleranceMs));
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return kafka.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws Exception {
    return kafka.restoreEnumerator(context, state);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return kafka.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafka.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<DocumentsRecord> getProducedType() {
    return TypeInformation.of(DocumentsRecord.class);
  }
}
