package io.realmstream.deploy.cli.ask;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.client.Connection;
import io.realmstream.deploy.cli.client.SourceOffsets;
import io.realmstream.deploy.cli.client.TopicTail;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Sends queries and receives the answers of the same ids. */
public final class AnswerClient implements AutoCloseable {
  private final Connection connection;
  private final TopicTail answers;
  private final Producer<byte[], byte[]> producer;

  private AnswerClient(
      Connection connection, TopicTail answers, Producer<byte[], byte[]> producer) {
    this.connection = connection;
    this.answers = answers;
    this.producer = producer;
  }

  /**
   * Receives whatever is answered from now on.
   *
   * @throws CommandFailure UNREACHABLE
   */
  public static AnswerClient open(Connection connection) {
    connection.require(connection.topics().queries(), connection.topics().answers());
    TopicTail answers = TopicTail.open(connection, connection.topics().answers());
    return new AnswerClient(connection, answers, connection.producer());
  }

  /** Returns when the broker has the query; says where. */
  RecordMetadata send(Query query) {
    byte[] key = query.id().getBytes(StandardCharsets.UTF_8);
    byte[] value = Codecs.QUERY.encode(query);
    try {
      return producer.send(new ProducerRecord<>(connection.topics().queries(), key, value)).get();
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof KafkaException kafka) {
        throw kafka;
      }
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted");
    }
  }

  /** Answers by query id, other clients' among them; the last of a repeated one. */
  Map<String, ReceivedAnswer> poll(Duration atMost) {
    Map<String, ReceivedAnswer> received = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : answers.poll(atMost)) {
      if (record.key() != null && record.value() != null) {
        received.put(
            new String(record.key(), StandardCharsets.UTF_8), new ReceivedAnswer(record.value()));
      }
    }
    return received;
  }

  /**
   * Why a query got no answer. A retriever that reads answers by the deadline, if only that it
   * passed; one whose committed offset stands before the query does not read.
   *
   * @param queriesGroup consumer group of the retriever's queries
   */
  CommandFailure explainSilence(RecordMetadata query, String queriesGroup) {
    TopicPartition partition = new TopicPartition(query.topic(), query.partition());
    return SourceOffsets.passed(connection, queriesGroup, partition, query.offset())
        ? CommandFailure.timedOut("the query was read, but no answer came in time")
        : CommandFailure.unreachable(
            "no retriever is reading " + query.topic() + ": is `realm up` running?");
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    answers.close();
  }
}
