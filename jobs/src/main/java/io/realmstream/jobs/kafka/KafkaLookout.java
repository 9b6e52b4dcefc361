package io.realmstream.jobs.kafka;

import io.realmstream.model.freshness.LogLook;
import io.realmstream.model.freshness.LogSpan;
import io.realmstream.model.freshness.RecordTimes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the brokers where a topic begins and ends, how many partitions it has, and whose clock gives
 * its records their times. The end is that of what is written, committed or not.
 *
 * <p>Where the reader has stood before an end for a whole look, it reads on from there itself: the
 * marks of transactions have offsets, but no reader is ever handed one.
 */
final class KafkaLookout implements AutoCloseable {
  private static final Duration PEEK = Duration.ofSeconds(1);

  private final String topic;
  private final Properties kafka;
  private final long toleranceMs;
  private final Admin admin;

  /** Where each partition's reader stood at the last look. */
  private Map<Integer, Long> before = Map.of();

  /** Where a record was found to be read next. */
  private final Map<Integer, Long> backlog = new HashMap<>();

  /**
   * @param toleranceMs see {@code realm.freshness.tolerance}
   */
  KafkaLookout(String topic, Properties kafka, long toleranceMs) {
    this(topic, kafka, toleranceMs, Admin.create(kafka));
  }

  KafkaLookout(String topic, Properties kafka, long toleranceMs, Admin admin) {
    this.topic = topic;
    this.kafka = kafka;
    this.toleranceMs = toleranceMs;
    this.admin = admin;
  }

  /**
   * Looks; blocks.
   *
   * @param read the offset to be read next of each partition to look at; negative = not known yet
   */
  LogLook look(Map<Integer, Long> read) throws ExecutionException, InterruptedException {
    long askedMs = System.currentTimeMillis();
    RecordTimes times = times();
    int partitions =
        Objects.requireNonNull(
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic))
            .partitions()
            .size();
    Map<Integer, Long> begins = offsets(read, OffsetSpec.earliest());
    Map<Integer, Long> ends = offsets(read, OffsetSpec.latest());
    Map<Integer, LogSpan> spans = new HashMap<>();
    for (Map.Entry<Integer, Long> partition : read.entrySet()) {
      Long begin = begins.get(partition.getKey());
      Long end = ends.get(partition.getKey());
      if (begin != null && end != null) {
        long next = partition.getValue();
        spans.put(
            partition.getKey(),
            new LogSpan(begin, end, next, emptyTo(partition.getKey(), next, end)));
      }
    }
    before = read;
    return new LogLook(times.settledMs(askedMs, toleranceMs), partitions, spans);
  }

  @Override
  public void close() {
    admin.close();
  }

  private RecordTimes times() throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<String, String> settings = new HashMap<>();
    for (ConfigEntry entry :
        Objects.requireNonNull(admin.describeConfigs(List.of(resource)).all().get().get(resource))
            .entries()) {
      if (entry.value() != null) {
        settings.put(entry.name(), entry.value());
      }
    }
    return RecordTimes.of(settings);
  }

  private Map<Integer, Long> offsets(Map<Integer, Long> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int partition : partitions.keySet()) {
      asked.put(new TopicPartition(topic, partition), which);
    }
    Map<Integer, Long> offsets = new HashMap<>();
    ListOffsetsOptions all = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED);
    for (Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> answer :
        admin.listOffsets(asked, all).all().get().entrySet()) {
      offsets.put(answer.getKey().partition(), answer.getValue().offset());
    }
    return offsets;
  }

  /** Up to where there is no record from {@code next} on, as far as that is known. */
  private long emptyTo(int partition, long next, long end) {
    @Nullable Long stood = before.get(partition);
    boolean stands = stood != null && stood == next && next >= 0 && next < end;
    if (!stands || Objects.equals(backlog.get(partition), next)) {
      return next;
    }
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    properties.put("max.poll.records", "1");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
      TopicPartition peeked = new TopicPartition(topic, partition);
      consumer.assign(List.of(peeked));
      consumer.seek(peeked, next);
      long patience = System.nanoTime() + PEEK.toNanos();
      while (consumer.position(peeked, PEEK) < end && System.nanoTime() < patience) {
        if (!consumer.poll(PEEK).isEmpty()) {
          backlog.put(partition, next);
          return next;
        }
      }
      return consumer.position(peeked, PEEK);
    }
  }
}
