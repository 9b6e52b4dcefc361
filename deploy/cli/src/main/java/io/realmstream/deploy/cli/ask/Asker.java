package io.realmstream.deploy.cli.ask;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.client.Connection;
import io.realmstream.schemas.query.Query;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Asks one question after the other. */
final class Asker implements AutoCloseable {
  /** The retriever answers TIMED_OUT at the deadline; that answer needs time to travel. */
  static final Duration GRACE = Duration.ofSeconds(3);

  private final AnswerClient client;
  private final QueryOptionGroup options;
  private final Duration timeout;
  private final String queriesGroup;

  Asker(Connection connection, QueryOptionGroup options, Duration timeout, String queriesGroup) {
    this.client = AnswerClient.open(connection);
    this.options = options;
    this.timeout = timeout;
    this.queriesGroup = queriesGroup;
  }

  /**
   * Waits for the answer.
   *
   * @throws CommandFailure UNREACHABLE or TIMED_OUT, if none comes
   */
  ReceivedAnswer ask(String question) {
    Instant deadline = Instant.now().plus(timeout);
    Query query = options.query(question, deadline);
    RecordMetadata sent = client.send(query);
    while (Instant.now().isBefore(deadline.plus(GRACE))) {
      ReceivedAnswer answer = client.poll(Duration.ofMillis(100)).get(query.id());
      if (answer != null) {
        return answer;
      }
    }
    throw client.explainSilence(sent, queriesGroup);
  }

  @Override
  public void close() {
    client.close();
  }
}
