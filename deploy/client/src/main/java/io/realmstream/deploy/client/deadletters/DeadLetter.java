package io.realmstream.deploy.client.deadletters;

import io.realmstream.schemas.DeadLetterHeaders;
import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.document.DocumentEdit;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A record of the dead-letter topic: one that was refused, and why. */
public record DeadLetter(ConsumerRecord<byte[], byte[]> letter) {
  private static final Set<String> HEADERS =
      Set.of(
          DeadLetterHeaders.TOPIC,
          DeadLetterHeaders.PARTITION,
          DeadLetterHeaders.OFFSET,
          DeadLetterHeaders.STAGE,
          DeadLetterHeaders.CLASS,
          DeadLetterHeaders.MESSAGE,
          DeadLetterHeaders.TRUNCATED,
          DeadLetterHeaders.KEPT);

  /** By what one dead letter is told from the others: its offset on their topic. */
  public long number() {
    return letter.offset();
  }

  /** Topic that the refused record was read from; empty when it was no longer at hand. */
  public String topic() {
    return header(DeadLetterHeaders.TOPIC);
  }

  /** The reason in a word. */
  public String reason() {
    return header(DeadLetterHeaders.CLASS);
  }

  /** Key of the refused record, which is a document's or a query's id; empty without one. */
  public String id() {
    String id = letter.key() == null ? "" : new String(letter.key(), StandardCharsets.UTF_8);
    // what is longer is no id, and would fill the screen
    return id.length() <= DocumentEdit.ID_BYTES_MAX
        ? id
        : id.substring(0, DocumentEdit.ID_BYTES_MAX) + "...";
  }

  public boolean truncated() {
    return header(DeadLetterHeaders.TRUNCATED).equals("true");
  }

  /** What is kept of a truncated one, in words. */
  public String kept() {
    return header(DeadLetterHeaders.KEPT);
  }

  /** Where the refused record stood; the same for all letters about it. */
  public String place() {
    return topic()
        + "["
        + header(DeadLetterHeaders.PARTITION)
        + "]@"
        + header(DeadLetterHeaders.OFFSET);
  }

  /** Why the refused record cannot be sent again; null when it can. */
  public @Nullable String hindrance() {
    if (truncated()) {
      return "the record was not kept whole, but " + kept();
    }
    if (topic().isEmpty() || !header(DeadLetterHeaders.PARTITION).matches("\\d{1,9}")) {
      return "the record itself was not kept, only its id";
    }
    return null;
  }

  /** The refused record as it was, for its own topic and partition. Only without a hindrance. */
  public ProducerRecord<byte[], byte[]> original() {
    RecordHeaders headers = new RecordHeaders();
    for (Header header : letter.headers()) {
      if (!HEADERS.contains(header.key())) {
        headers.add(header);
      }
    }
    int partition = Integer.parseInt(header(DeadLetterHeaders.PARTITION));
    return new ProducerRecord<>(topic(), partition, null, letter.key(), letter.value(), headers);
  }

  /** Which operator refused it. */
  public String stage() {
    return header(DeadLetterHeaders.STAGE);
  }

  /** Why, in a sentence. */
  public String message() {
    return header(DeadLetterHeaders.MESSAGE);
  }

  public Instant at() {
    return Instant.ofEpochMilli(letter.timestamp());
  }

  /** Bytes of the refused record's value, as far as it is kept. */
  public int size() {
    return letter.value() == null ? 0 : letter.value().length;
  }

  /**
   * As JSON, with the record's value: as text when it is UTF-8, else in base 64.
   *
   * @param sent null = that was not tried
   */
  public DeadLetterReport report(@Nullable Boolean sent) {
    byte[] value = letter.value();
    String text = value == null ? null : text(value);
    return new DeadLetterReport(
        number(),
        at(),
        new DeadLetterReport.Place(
            topic(), header(DeadLetterHeaders.PARTITION), header(DeadLetterHeaders.OFFSET)),
        new DeadLetterReport.Refusal(stage(), reason(), message()),
        id(),
        new DeadLetterReport.Content(
            size(),
            truncated(),
            kept().isEmpty() ? null : kept(),
            text,
            text == null ? value : null),
        sent);
  }

  private static @Nullable String text(byte[] value) {
    try {
      return Utf8.decode(ByteBuffer.wrap(value));
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** The last one of that name: those that a refused record brought along stand before it. */
  private String header(String name) {
    Header header = letter.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
