package io.realmstream.deploy.interleaving;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.client.Connection;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.VersionProposal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One client that does all: sends records and reads answers, statuses and the version log, on the
 * one thread of its caller.
 */
final class Conversation implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration TURN = Duration.ofMillis(20);

  private final Connection connection;
  private final Topics topics;
  private final List<byte[]> answers = new ArrayList<>();
  private final List<DocumentStatus> statuses = new ArrayList<>();
  private VersionTable table = VersionTable.EMPTY;
  private int deadLetters;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  Conversation(Connection connection) {
    this.connection = connection;
    topics = connection.topics();
    producer = connection.producer();
    consumer = connection.consumer();
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic :
        List.of(
            topics.answers(),
            topics.documentStatus(),
            topics.indexVersions(),
            topics.deadLetters())) {
      partitions.addAll(partitions(topic));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  Topics topics() {
    return topics;
  }

  /** Sends a record and waits until the broker has it; returns its Kafka timestamp. */
  long send(String topic, String key, byte @Nullable [] value) {
    return send(topic, key, value, System.currentTimeMillis());
  }

  /**
   * The same by a producer of another clock.
   *
   * @param clockMs what it shows
   */
  long send(String topic, String key, byte @Nullable [] value, long clockMs) {
    try {
      RecordMetadata sent =
          producer
              .send(new ProducerRecord<>(topic, null, clockMs, key.getBytes(UTF_8), value))
              .get();
      return sent.timestamp();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The version table as far as the log has come in. */
  VersionTable table() {
    return table;
  }

  /** How many dead letters there were. */
  int deadLetters() {
    return deadLetters;
  }

  /** Proposes and waits until the log shows it, applied or ignored. */
  void propose(VersionProposal proposal) {
    String id = proposal.proposalId();
    send(topics.indexVersions(), id, Codecs.VERSION_PROPOSAL.encode(proposal));
    await(() -> "proposal " + proposal, () -> table.proposals().contains(id));
  }

  /** Reads for so long, at least once. */
  void listen(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    do {
      long left = Math.max(0, end - System.nanoTime());
      consumer.poll(Duration.ofNanos(left)).forEach(this::take);
    } while (System.nanoTime() < end);
  }

  /** Reads until something holds. */
  void await(Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    listen(Duration.ZERO);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + PATIENCE + ": " + what.get());
      }
      consumer.poll(TURN).forEach(this::take);
    }
  }

  /** Answers that came since the last call. */
  void takeAnswers(Consumer<byte[]> action) {
    List<byte[]> taken = List.copyOf(answers);
    answers.clear();
    taken.forEach(action);
  }

  /** Statuses that came since the last call. */
  void takeStatuses(Consumer<DocumentStatus> action) {
    List<DocumentStatus> taken = List.copyOf(statuses);
    statuses.clear();
    taken.forEach(action);
  }

  /** All records of a topic that there are now. */
  List<byte[]> replay(String topic) {
    List<byte[]> values = new ArrayList<>();
    List<TopicPartition> partitions = partitions(topic);
    try (KafkaConsumer<byte[], byte[]> replaying = connection.consumer()) {
      replaying.assign(partitions);
      replaying.seekToBeginning(partitions);
      replaying
          .endOffsets(partitions, PATIENCE)
          .forEach(
              (partition, end) -> {
                while (replaying.position(partition, PATIENCE) < end) {
                  replaying.poll(TURN).forEach(record -> values.add(record.value()));
                }
              });
    }
    return values;
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    consumer.close();
  }

  private List<TopicPartition> partitions(String topic) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (PartitionInfo info : consumer.partitionsFor(topic, PATIENCE)) {
      partitions.add(new TopicPartition(topic, info.partition()));
    }
    return partitions;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.topic().equals(topics.answers())) {
        answers.add(record.value());
      } else if (record.topic().equals(topics.documentStatus())) {
        statuses.add(Codecs.DOCUMENT_STATUS.decode(record.value()));
      } else if (record.topic().equals(topics.indexVersions())) {
        table = table.apply(Codecs.VERSION_PROPOSAL.decode(record.value())).table();
      } else {
        deadLetters++;
      }
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
  }
}
