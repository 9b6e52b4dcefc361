package io.realmstream.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.DeadLetters.Reason;
import io.realmstream.schemas.AnswerHeaders;
import io.realmstream.schemas.DeadLetterHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  private static final int TOPIC_BYTES_MAX = 8 << 20;
  private static final byte[] HUGE = new byte[TOPIC_BYTES_MAX];

  @Test
  void smallRecordIsKeptWhole() {
    List<RecordHeader> headers = headers(3, 10);
    OutboundRecord letter = letter("k".getBytes(UTF_8), "v".getBytes(UTF_8), headers);

    assertThat(letter.key()).isEqualTo("k".getBytes(UTF_8));
    assertThat(letter.value()).isEqualTo("v".getBytes(UTF_8));
    assertThat(letter.headers()).startsWith(headers.toArray(RecordHeader[]::new));
    assertThat(header(letter, DeadLetterHeaders.TRUNCATED)).isNull();
    assertThat(header(letter, DeadLetterHeaders.KEPT)).isNull();
  }

  @Test
  void whatIsCutIsSaid() {
    OutboundRecord letter = letter(new byte[70_000], new byte[2 << 20], headers(2, 700_000));

    assertThat(letter.key()).hasSize(64 << 10);
    assertThat(letter.value()).hasSize(1 << 20);
    assertThat(header(letter, DeadLetterHeaders.TRUNCATED)).isEqualTo("true");
    assertThat(header(letter, DeadLetterHeaders.KEPT))
        .isEqualTo("key: 65536 of 70000 bytes, value: 1048576 of 2097152 bytes, headers: 1 of 2");
  }

  @Test
  void keyValueAndHeadersAtTheirLimitsAreWhole() {
    int header = DeadLetters.HEADERS_BYTES_MAX - 10 - "h0".length();
    byte[] key = new byte[DeadLetters.KEY_BYTES_MAX];
    byte[] value = new byte[DeadLetters.VALUE_BYTES_MAX];

    assertThat(header(letter(key, value, headers(1, header)), DeadLetterHeaders.TRUNCATED))
        .isNull();
    assertThat(header(letter(key, value, headers(1, header + 1)), DeadLetterHeaders.KEPT))
        .isEqualTo("headers: 0 of 1");
  }

  @Test
  void smallHeadersBesideALargeOneAreKept() {
    List<RecordHeader> headers =
        List.of(new RecordHeader("noise", HUGE), new RecordHeader("trace", new byte[] {7}));

    OutboundRecord letter = letter(null, null, headers);

    assertThat(letter.headers()).startsWith(headers.get(1));
    assertThat(header(letter, DeadLetterHeaders.KEPT)).isEqualTo("headers: 1 of 2");
  }

  /** One large, many small, and such as are nothing but their names. */
  @Test
  void whateverComesTheLetterFitsItsTopic() {
    String longName = "n".repeat(TOPIC_BYTES_MAX);
    for (List<RecordHeader> headers :
        List.of(
            headers(1, TOPIC_BYTES_MAX),
            headers(300_000, 20),
            headers(1_000_000, 0),
            List.of(new RecordHeader(longName, new byte[0])))) {
      OutboundRecord letter =
          DeadLetters.of(
              new InboundRecord("t", 0, 1, 2, HUGE, HUGE, headers),
              "stage",
              Reason.MALFORMED,
              "m".repeat(TOPIC_BYTES_MAX));

      assertThat(bytes(letter)).isLessThan(TOPIC_BYTES_MAX / 2);
      assertThat(header(letter, DeadLetterHeaders.CLASS)).isEqualTo("MALFORMED");
    }
  }

  @Test
  void answersCarryHeadersUpToTheirLimitAndSayHowManyTheyDoNot() {
    List<RecordHeader> few = headers(3, 1_000);
    assertThat(ForeignHeaders.carried(few)).isEqualTo(few);

    List<RecordHeader> carried = ForeignHeaders.carried(headers(100_000, 20));

    RecordHeader last = carried.get(carried.size() - 1);
    assertThat(last.key()).isEqualTo(AnswerHeaders.DROPPED);
    assertThat(new String(last.value(), UTF_8))
        .isEqualTo(Integer.toString(100_000 - (carried.size() - 1)));
    assertThat(carried.stream().mapToInt(h -> 10 + h.key().length() + h.value().length).sum())
        .isLessThan(64 << 10);
  }

  private static OutboundRecord letter(
      byte @Nullable [] key, byte @Nullable [] value, List<RecordHeader> headers) {
    InboundRecord record = new InboundRecord("t", 0, 1, 2, key, value, headers);
    return DeadLetters.of(record, "stage", Reason.MALFORMED, "why");
  }

  private static List<RecordHeader> headers(int count, int bytes) {
    byte[] value = new byte[bytes];
    Arrays.fill(value, (byte) 1);
    return IntStream.range(0, count).mapToObj(i -> new RecordHeader("h" + i, value)).toList();
  }

  private static @Nullable String header(OutboundRecord letter, String key) {
    return letter.headers().stream()
        .filter(header -> header.key().equals(key))
        .map(header -> new String(header.value(), UTF_8))
        .findFirst()
        .orElse(null);
  }

  private static long bytes(OutboundRecord letter) {
    return (long) Objects.requireNonNull(letter.key()).length
        + Objects.requireNonNull(letter.value()).length
        + letter.headers().stream()
            .mapToLong(header -> 10L + header.key().length() + header.value().length)
            .sum();
  }
}
