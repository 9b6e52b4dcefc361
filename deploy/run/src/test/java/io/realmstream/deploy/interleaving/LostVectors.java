package io.realmstream.deploy.interleaving;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicOffsets;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.VectorRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * What becomes lost of the vectors topic: its records go as when their retention has passed, and
 * before that a transaction that somebody has left open keeps readers of what is committed from it.
 */
public final class LostVectors implements AutoCloseable {
  private static final int PATIENCE_MS = (int) Duration.ofMinutes(10).toMillis();

  /** An edit may change nothing. */
  private static final Duration HELD_MAX = Duration.ofSeconds(30);

  private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();

  private static final Duration TURN = Duration.ofMillis(20);
  private static final Comparator<TopicPartition> BY_NUMBER =
      Comparator.comparingInt(TopicPartition::partition);

  private final Map<String, Object> settings;
  private final String topic;
  private final Random random;
  private @Nullable KafkaProducer<byte[], byte[]> stranger;
  private final Map<TopicPartition, Long> held = new TreeMap<>(BY_NUMBER);
  private int truncations;
  private int gaps;
  private int cutDocuments;

  /** A record that nobody has read, and whether it is a part of a document but not its last. */
  private record Unread(TopicPartition partition, long offset, boolean isCut) {}

  public LostVectors(Connection connection, Random random) {
    this.random = random;
    topic = connection.topics().passageVectors();
    settings = new HashMap<>(connection.settings());
    settings.put("default.api.timeout.ms", PATIENCE_MS);
  }

  /** Keeps readers of what is committed from all that is written from now on. */
  public void hold() {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("transactional.id", "stranger");
    all.put("transaction.timeout.ms", PATIENCE_MS);
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    stranger = producer;
    held.clear();
    producer.initTransactions();
    producer.beginTransaction();
    for (int partition = 0; partition < producer.partitionsFor(topic).size(); partition++) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(topic, partition, null, new byte[0]);
      held.put(new TopicPartition(topic, partition), offset(producer.send(record)));
    }
  }

  private static long offset(Future<RecordMetadata> sent) {
    try {
      return sent.get().offset();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Lets them go on, behind what is lost. */
  public void release() {
    KafkaProducer<byte[], byte[]> producer = Objects.requireNonNull(stranger);
    producer.abortTransaction();
    producer.close();
    stranger = null;
  }

  /**
   * Truncates what readers were kept from, once there is something, at some place or in the middle
   * of a document.
   *
   * @param cut whether a document of several records is to be waited for
   */
  public void truncateHeld(boolean cut) {
    try (Admin admin = admin()) {
      long end = System.nanoTime() + HELD_MAX.toNanos();
      while (unread(held, TopicOffsets.of(admin, topic).ends()).stream()
              .noneMatch(record -> record.isCut || !cut)
          && System.nanoTime() < end) {
        LockSupport.parkNanos(LOOK_NANOS); // the updater is at it
      }
      truncate(admin, held);
    }
  }

  /** How often the topic was truncated. */
  int truncations() {
    return truncations;
  }

  /** How often what was not read was lost. */
  public int gaps() {
    return gaps;
  }

  /** How often a document lost some of its parts, and not the last. */
  public int cutDocuments() {
    return cutDocuments;
  }

  @Override
  public void close() {
    if (stranger != null) {
      stranger.close(Duration.ZERO);
    }
  }

  private Admin admin() {
    return Admin.create(settings);
  }

  private void truncate(Admin admin, Map<TopicPartition, Long> read) {
    Map<TopicPartition, Long> ends = TopicOffsets.of(admin, topic).ends();
    List<Unread> unread = unread(read, ends);
    List<Unread> cuts = unread.stream().filter(Unread::isCut).toList();
    Map<TopicPartition, Long> before = new HashMap<>();
    if (!cuts.isEmpty()) {
      Unread cut = cuts.get(random.nextInt(cuts.size()));
      before.put(cut.partition, cut.offset + 1);
      cutDocuments++;
    }
    read.forEach(
        (partition, first) -> {
          long count = ends.getOrDefault(partition, first) - first;
          if (random.nextInt(4) > 0 && count > 0) {
            before.putIfAbsent(partition, first + 1 + random.nextLong(count));
          }
        });
    delete(admin, before, unread);
  }

  private void delete(Admin admin, Map<TopicPartition, Long> before, List<Unread> unread) {
    Map<TopicPartition, RecordsToDelete> records = new HashMap<>();
    before.forEach(
        (partition, offset) -> records.put(partition, RecordsToDelete.beforeOffset(offset)));
    Connection.await(admin.deleteRecords(records).all());
    truncations++;
    boolean isGap =
        unread.stream()
            .anyMatch(record -> record.offset < before.getOrDefault(record.partition, 0L));
    gaps += isGap ? 1 : 0;
  }

  /** The numbered records between two ends. */
  private List<Unread> unread(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("isolation.level", "read_uncommitted");
    all.put("auto.offset.reset", "earliest");
    List<Unread> unread = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(from.keySet());
      from.forEach(consumer::seek);
      to.forEach(
          (partition, end) -> {
            while (consumer.position(partition) < end) {
              consumer.poll(TURN).forEach(record -> take(record, unread));
            }
          });
    }
    return unread;
  }

  private static void take(ConsumerRecord<byte[], byte[]> record, List<Unread> unread) {
    if (record.value().length == 0) {
      return; // the stranger's
    }
    try {
      VectorRecord read = VectorMessageCodec.read(record.value());
      if (read.position() == null) {
        return; // a heartbeat
      }
      boolean isCut = read.message() instanceof PassageVectors part && !part.part().commits();
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      unread.add(new Unread(partition, record.offset(), isCut));
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
  }
}
