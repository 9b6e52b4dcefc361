package io.realmstream.deploy.wikipedia.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentEventsTest {
  @Test
  void fieldsAndCommentsAreReadAsTheStandardSays() throws IOException {
    assertThat(
            read(
                ":ok\n\nevent: message\nid: 1\ndata: a\n\n"
                    + "data\ndata:  b\r\ndata:c\r\r"
                    + "id: 2\n\nretry: 5\nunheard: of\ndata: d\n\ndata: unfinished\n"))
        .containsExactly("1 a", "1  b\nc", "2 d");
  }

  @Test
  void idOfTheLastEventHoldsUntilTheNext() throws IOException {
    assertThat(read("data: a\n\nid: x\ndata: b\n\ndata: c\n\n"))
        .containsExactly("null a", "x b", "x c");
  }

  @Test
  void eventOverTheLimitIsToldAndNotHeld() throws IOException {
    byte[] large = ("id: 7\ndata: " + "x".repeat(9 << 20) + "\n\ndata: next\n\n").getBytes(UTF_8);
    SentEvents events = events(new ByteArrayInputStream(large));
    assertThat(events.next())
        .usingRecursiveComparison()
        .isEqualTo(new SentEvent("7", new byte[0], true));
    assertThat(events.next())
        .usingRecursiveComparison()
        .isEqualTo(new SentEvent("7", "next".getBytes(UTF_8), false));
  }

  @Test
  void eventOfManyLinesHasTheSameLimit() throws IOException {
    byte[] large = (("data: " + "x".repeat(1 << 20) + "\n").repeat(9) + "\n").getBytes(UTF_8);
    assertThat(events(new ByteArrayInputStream(large)).next())
        .extracting(SentEvent::tooLong)
        .isEqualTo(true);
  }

  @Test
  void lineWithoutEndIsAnError() {
    SentEvents events = events(new Endless());
    assertThatThrownBy(events::next)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bytes without an end");
  }

  @Test
  void commentsAloneAreNoLife() {
    SentEvents events = new SentEvents(new Comments(), Duration.ofMillis(100));
    assertThatThrownBy(events::next).isInstanceOf(SocketTimeoutException.class);
  }

  private static SentEvents events(InputStream input) {
    return new SentEvents(input, Duration.ofMinutes(1));
  }

  /** For three seconds. */
  private static final class Comments extends InputStream {
    private final long startNanos = System.nanoTime();

    @Override
    public int read() {
      return System.nanoTime() - startNanos > 3_000_000_000L ? -1 : '\n';
    }

    @Override
    public int read(byte[] bytes, int start, int length) {
      bytes[start] = ':';
      bytes[start + 1] = '\n';
      bytes[start + 2] = '\n';
      return read() < 0 ? -1 : 3;
    }
  }

  /** Of the letter x. */
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }

    @Override
    public int read(byte[] bytes, int start, int length) {
      java.util.Arrays.fill(bytes, start, start + length, (byte) 'x');
      return length;
    }
  }

  private static List<String> read(String stream) throws IOException {
    SentEvents events = events(new ByteArrayInputStream(stream.getBytes(UTF_8)));
    List<String> all = new ArrayList<>();
    for (SentEvent event = events.next(); event != null; event = events.next()) {
      all.add(event.id() + " " + new String(event.data(), UTF_8));
    }
    return all;
  }
}
