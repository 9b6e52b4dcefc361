package io.realmstream.deploy.door.ask;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicTail;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;

/** Reads the answers topic for {@link Questions}, in a thread of its own. */
final class AnswerListener implements AutoCloseable {
  private static final long AGAIN_MS = 1_000;

  private final Connection connection;
  private final Questions questions;
  private final CountDownLatch closed = new CountDownLatch(1);

  private AnswerListener(Connection connection, Questions questions) {
    this.connection = connection;
    this.questions = questions;
  }

  /** Listens until it is closed. */
  static AnswerListener start(Connection connection, Questions questions) {
    AnswerListener listener = new AnswerListener(connection, questions);
    Thread thread = new Thread(listener::listen, "door-answers");
    thread.setDaemon(true);
    thread.start();
    return listener;
  }

  /** Begins again after any failure: a broker may be away for a while. */
  private void listen() {
    do {
      try {
        connection.require(connection.topics().queries(), connection.topics().answers());
        try (TopicTail tail = TopicTail.open(connection, connection.topics().answers())) {
          questions.hearing();
          while (closed.getCount() > 0) {
            tail.poll(Duration.ofMillis(200)).forEach(questions::hear);
          }
        }
      } catch (ClientException | KafkaException e) {
        questions.deaf(String.valueOf(e.getMessage()));
      }
    } while (!isClosedWithin(AGAIN_MS));
  }

  private boolean isClosedWithin(long ms) {
    try {
      return closed.await(ms, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
