package io.realmstream.deploy.door.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Records of the answers topic as a retriever writes them, with the headers of the question. */
final class Replies {
  private Replies() {}

  static ConsumerRecord<byte[], byte[]> to(
      ProducerRecord<byte[], byte[]> question, byte @Nullable [] answer) {
    byte[] name = Objects.requireNonNull(question.headers().lastHeader(Questions.HEADER)).value();
    return named(new String(question.key(), UTF_8), new String(name, UTF_8), answer);
  }

  static ConsumerRecord<byte[], byte[]> named(
      String id, @Nullable String name, byte @Nullable [] answer) {
    @SuppressWarnings("NullAway") // a record may have no value
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("answers", 0, 0, id.getBytes(UTF_8), answer);
    if (name != null) {
      record.headers().add(Questions.HEADER, name.getBytes(UTF_8));
    }
    return record;
  }
}
