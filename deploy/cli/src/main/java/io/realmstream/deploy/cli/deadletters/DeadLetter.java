package io.realmstream.deploy.cli.deadletters;

import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.deploy.cli.console.Page;
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
record DeadLetter(ConsumerRecord<byte[], byte[]> letter) {
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
  long number() {
    return letter.offset();
  }

  /** Topic that the refused record was read from; empty when it was no longer at hand. */
  String topic() {
    return header(DeadLetterHeaders.TOPIC);
  }

  /** The reason in a word. */
  String reason() {
    return header(DeadLetterHeaders.CLASS);
  }

  /** Key of the refused record, which is a document's or a query's id; empty without one. */
  String id() {
    String id = letter.key() == null ? "" : new String(letter.key(), StandardCharsets.UTF_8);
    // what is longer is no id, and would fill the screen
    return id.length() <= DocumentEdit.ID_BYTES_MAX
        ? id
        : id.substring(0, DocumentEdit.ID_BYTES_MAX) + "...";
  }

  boolean truncated() {
    return header(DeadLetterHeaders.TRUNCATED).equals("true");
  }

  /** What is kept of a truncated one, in words. */
  String kept() {
    return header(DeadLetterHeaders.KEPT);
  }

  /** Where the refused record stood; the same for all letters about it. */
  String place() {
    return topic()
        + "["
        + header(DeadLetterHeaders.PARTITION)
        + "]@"
        + header(DeadLetterHeaders.OFFSET);
  }

  /** Why the refused record cannot be sent again; null when it can. */
  @Nullable String hindrance() {
    if (truncated()) {
      return "the record was not kept whole, but " + kept();
    }
    if (topic().isEmpty() || !header(DeadLetterHeaders.PARTITION).matches("\\d{1,9}")) {
      return "the record itself was not kept, only its id";
    }
    return null;
  }

  /** The refused record as it was, for its own topic and partition. Only without a hindrance. */
  ProducerRecord<byte[], byte[]> original() {
    RecordHeaders headers = new RecordHeaders();
    for (Header header : letter.headers()) {
      if (!HEADERS.contains(header.key())) {
        headers.add(header);
      }
    }
    int partition = Integer.parseInt(header(DeadLetterHeaders.PARTITION));
    return new ProducerRecord<>(topic(), partition, null, letter.key(), letter.value(), headers);
  }

  /** A line for people. */
  String line() {
    return Page.columns(
        number(),
        Instant.ofEpochMilli(letter.timestamp()),
        topic().isEmpty() ? "-" : place(),
        header(DeadLetterHeaders.STAGE),
        reason(),
        id().isEmpty() ? "-" : Excerpt.of(id(), DocumentEdit.ID_BYTES_MAX),
        Page.format("%,d bytes", size()) + cut(),
        Excerpt.message(header(DeadLetterHeaders.MESSAGE)));
  }

  /**
   * The same as JSON with the record's value: as text when it is UTF-8, else in base 64.
   *
   * @param sent null = that was not tried
   */
  DeadLetterReport report(@Nullable Boolean sent) {
    byte[] value = letter.value();
    String text = value == null ? null : text(value);
    return new DeadLetterReport(
        number(),
        Instant.ofEpochMilli(letter.timestamp()),
        new DeadLetterReport.Place(
            topic(), header(DeadLetterHeaders.PARTITION), header(DeadLetterHeaders.OFFSET)),
        new DeadLetterReport.Refusal(
            header(DeadLetterHeaders.STAGE), reason(), header(DeadLetterHeaders.MESSAGE)),
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

  private String cut() {
    return truncated() ? " (truncated" + (kept().isEmpty() ? "" : "; " + kept()) + ")" : "";
  }

  private int size() {
    return letter.value() == null ? 0 : letter.value().length;
  }

  /** The last one of that name: those that a refused record brought along stand before it. */
  private String header(String name) {
    Header header = letter.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
