package io.realmstream.jobs.reread;

import io.realmstream.jobs.InboundRecord;
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
 * Kafka's source of a compacted topic, which keeps where it began and not how far it has read: each
 * start, after a restore as well, reads the topic from there.
 */
public final class RereadSource
    implements Source<InboundRecord, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<InboundRecord> {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<InboundRecord> kafka;

  public RereadSource(KafkaSource<InboundRecord> kafka) {
    this.kafka = kafka;
  }

  @Override
  public SourceReader<InboundRecord, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return new RereadReader(kafka.createReader(context));
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
