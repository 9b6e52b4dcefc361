package io.realmstream.deploy.client;

import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Sends queries and receives the answers of the same ids. */
public final class AnswerClient implements AutoCloseable {
  /** The retriever answers TIMED_OUT at the deadline; that answer needs time to travel. */
  public static final Duration GRACE = Duration.ofSeconds(3);

  /** The retriever's own, for a query that names none. */
  private static final Duration DEADLINE = Duration.ofSeconds(10);

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
   * @throws ClientException UNREACHABLE
   */
  public static AnswerClient open(Connection connection) {
    connection.require(connection.topics().queries(), connection.topics().answers());
    TopicTail answers = TopicTail.open(connection, connection.topics().answers());
    return new AnswerClient(connection, answers, connection.producer());
  }

  /**
   * Waits for the answer.
   *
   * @throws ClientException UNREACHABLE or TIMED_OUT, if none comes
   */
  public ReceivedAnswer ask(Query query) {
    Instant deadline = query.deadline() == null ? Instant.now().plus(DEADLINE) : query.deadline();
    RecordMetadata sent = send(query);
    while (Instant.now().isBefore(deadline.plus(GRACE))) {
      ReceivedAnswer answer = poll(Duration.ofMillis(100)).get(query.id());
      if (answer != null) {
        return answer;
      }
    }
    throw explainSilence(sent);
  }

  /** Returns when the broker has the query; says where. */
  public RecordMetadata send(Query query) {
    byte[] key = query.id().getBytes(StandardCharsets.UTF_8);
    byte[] value = Codecs.QUERY.encode(query);
    return Connection.await(
        producer.send(new ProducerRecord<>(connection.topics().queries(), key, value)));
  }

  /** Answers by query id, other clients' among them; the last of a repeated one. */
  public Map<String, ReceivedAnswer> poll(Duration atMost) {
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
   */
  public ClientException explainSilence(RecordMetadata query) {
    try (Admin admin = connection.admin()) {
      return explainSilence(query, SourceOffsets.committed(admin, readers(connection)));
    }
  }

  /**
   * The same for a query that another client sent.
   *
   * @param read next offsets of {@link #readers}
   */
  public static ClientException explainSilence(
      RecordMetadata query, Map<TopicPartition, Long> read) {
    TopicPartition partition = new TopicPartition(query.topic(), query.partition());
    return read.getOrDefault(partition, 0L) > query.offset()
        ? ClientException.timedOut("the query was read, but no answer came in time")
        : ClientException.unreachable(
            "no retriever is reading " + query.topic() + ": is `realm up` running?");
  }

  /** The consumer group whose offsets say which queries retrievers have read. */
  public static String readers(Connection connection) {
    return connection.group("retriever-queries");
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    answers.close();
  }
}
