package io.realmstream.jobs.kafka;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.jobs.graph.Ends;
import io.realmstream.schemas.Times;
import io.realmstream.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Where the jobs meet Kafka: sources and sinks of plain bytes. */
public final class KafkaEnds implements Ends {
  /** Documents and dead letters may have 8 MiB; what wraps them needs a little more. */
  private static final String RECORD_BYTES_MAX = Integer.toString(9 << 20);

  /** New partitions are read within this time, from their beginning. */
  private static final String NEW_PARTITIONS_MS = "2000";

  private final ReadableConfig settings;

  public KafkaEnds(ReadableConfig settings) {
    this.settings = settings;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Without records of transactions that are open or were aborted. The consumer group is only
   * for people who look at lags; offsets live in Flink's state.
   *
   * @param start where to begin without restored state
   */
  @Override
  public KafkaSource<InboundRecord> source(String topic, String reader, OffsetsInitializer start) {
    return builder(topic, reader, start)
        .setProperty("partition.discovery.interval.ms", NEW_PARTITIONS_MS)
        .build();
  }

  @Override
  public LossCountingSource sourceCountingLoss(String topic, String reader) {
    return new LossCountingSource(
        source(topic, reader, OffsetsInitializer.earliest()), RealmOptions.kafka(settings));
  }

  @Override
  public KafkaSource<InboundRecord> sourceToEnd(String topic, String reader) {
    return builder(topic, reader, OffsetsInitializer.earliest())
        .setBounded(OffsetsInitializer.latest())
        .build();
  }

  @Override
  public RereadSource sourceAgain(String topic, String reader, OffsetsInitializer start) {
    return new RereadSource(source(topic, reader, start));
  }

  @Override
  public DocumentsSource documents(String topic, String reader) {
    return new DocumentsSource(
        source(topic, reader, OffsetsInitializer.earliest()),
        topic,
        RealmOptions.kafka(settings),
        settings.get(RealmOptions.FRESHNESS_TOLERANCE).toMillis());
  }

  @Override
  public SerializableSupplier<Map<Integer, Long>> logEnds(String topic) {
    Properties kafka = RealmOptions.kafka(settings);
    return () -> LogEnds.of(topic, kafka);
  }

  private KafkaSourceBuilder<InboundRecord> builder(
      String topic, String reader, OffsetsInitializer start) {
    String group = RealmOptions.topics(settings).group(reader);
    return KafkaSource.<InboundRecord>builder()
        .setProperties(RealmOptions.kafka(settings))
        .setTopics(topic)
        .setGroupId(group)
        .setClientIdPrefix(group)
        .setStartingOffsets(start)
        .setProperty("isolation.level", "read_committed")
        .setProperty("max.partition.fetch.bytes", RECORD_BYTES_MAX)
        .setProperty("fetch.max.bytes", RECORD_BYTES_MAX)
        .setDeserializer(new ToInboundRecord());
  }

  @Override
  public KafkaSink<OutboundRecord> sink(String topic, DeliveryGuarantee delivery) {
    return KafkaSink.<OutboundRecord>builder()
        .setKafkaProducerConfig(producer())
        .setRecordSerializer(new FromOutboundRecord(topic))
        .setDeliveryGuarantee(delivery)
        .setTransactionalIdPrefix(settings.get(RealmOptions.TOPIC_PREFIX) + "-" + topic)
        .build();
  }

  @Override
  public void requireOrder() throws ExecutionException, InterruptedException {
    Topics topics = RealmOptions.topics(settings);
    try (Admin admin = Admin.create(RealmOptions.kafka(settings))) {
      admin
          .describeTopics(topics.ordered())
          .allTopicNames()
          .get()
          .forEach((name, found) -> topics.checkOrder(name, found.partitions().size()));
    }
  }

  @Override
  public int partitions(String topic) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(RealmOptions.kafka(settings))) {
      return admin
          .describeTopics(List.of(topic))
          .topicNameValues()
          .values()
          .iterator()
          .next()
          .get()
          .partitions()
          .size();
    }
  }

  private Properties producer() {
    Properties properties = RealmOptions.kafka(settings);
    properties.put("linger.ms", "0");
    properties.put("compression.type", "lz4");
    properties.put("max.request.size", RECORD_BYTES_MAX);
    // below the broker's default limit of 15 minutes, above any checkpoint with a restart
    properties.put("transaction.timeout.ms", "600000");
    return properties;
  }

  static final class ToInboundRecord implements KafkaRecordDeserializationSchema<InboundRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(
        ConsumerRecord<byte[], byte[]> record, Collector<InboundRecord> collector) {
      List<RecordHeader> headers = new ArrayList<>();
      for (Header header : record.headers()) {
        if (header.value() != null) {
          headers.add(new RecordHeader(header.key(), header.value()));
        }
      }
      collector.collect(
          new InboundRecord(
              record.topic(),
              record.partition(),
              record.offset(),
              Times.canSay(record.timestamp()) ? record.timestamp() : InboundRecord.NO_TIMESTAMP,
              record.key(),
              record.value(),
              headers));
    }

    @Override
    public TypeInformation<InboundRecord> getProducedType() {
      return TypeInformation.of(InboundRecord.class);
    }
  }

  private static final class FromOutboundRecord
      implements KafkaRecordSerializationSchema<OutboundRecord> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    FromOutboundRecord(String topic) {
      this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        OutboundRecord record, KafkaSinkContext context, @Nullable Long timestamp) {
      RecordHeaders headers = new RecordHeaders();
      for (RecordHeader header : record.headers()) {
        headers.add(header.key(), header.value());
      }
      Integer partition =
          record.partition() == OutboundRecord.BY_KEY ? null : Integer.valueOf(record.partition());
      return new ProducerRecord<>(topic, partition, null, record.key(), record.value(), headers);
    }
  }
}
