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

/**
 * Kafka's source of the documents topic, with watermarks that say in Kafka timestamps how far it
 * has read: for freshness, not for event time.
 */
final class DocumentsSource
    implements Source<InboundRecord, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<InboundRecord> {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<InboundRecord> kafka;
  private final String topic;
  private final Properties properties;

  DocumentsSource(KafkaSource<InboundRecord> kafka, String topic, Properties properties) {
    this.kafka = kafka;
    this.topic = topic;
    this.properties = properties;
  }

  @Override
  public SourceReader<InboundRecord, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return new DocumentsReader(kafka.createReader(context), new KafkaLookout(topic, properties));
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
  public TypeInformation<InboundRecord> getProducedType() {
    return kafka.getProducedType();
  }
}
