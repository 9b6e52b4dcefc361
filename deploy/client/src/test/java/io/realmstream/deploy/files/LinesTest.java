package io.realmstream.deploy.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
  @Test
  void lineFeedsAndCarriageReturnsEndLines() throws IOException {
    assertThat(lines("a\nb\r\nc\rd")).containsExactly("a", "b", "c", "d");
    assertThat(lines("a\r\n\r\nb\n")).containsExactly("a", "", "b");
    assertThat(lines("\r\r\n")).containsExactly("", "");
    assertThat(lines("")).isEmpty();
  }

  @Test
  void lineMayEndWhereABlockEnds() throws IOException {
    String block = "x".repeat((1 << 16) - 1);
    assertThat(lines(block + "\r\nnext")).containsExactly(block, "next");
    assertThat(lines(block + "yz\nnext")).containsExactly(block + "yz", "next");
  }

  @Test
  void lineOverTheLimitIsNotHeldAndTheNextOneIsRead() throws IOException {
    Lines lines = new Lines(stream("1234\n12345\n" + "6".repeat(200_000) + "\nok\n"), 4);
    assertThat(lines.next()).extracting(Lines.Line::tooLong).isEqualTo(false);
    for (int i = 0; i < 2; i++) {
      assertThat(lines.next())
          .usingRecursiveComparison()
          .isEqualTo(new Lines.Line(new byte[0], true));
    }
    assertThat(lines.next()).extracting(line -> new String(line.bytes(), UTF_8)).isEqualTo("ok");
    assertThat(lines.next()).isNull();
  }

  private static List<String> lines(String text) throws IOException {
    List<String> all = new ArrayList<>();
    Lines lines = new Lines(stream(text));
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      all.add(new String(line.bytes(), UTF_8));
    }
    return all;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
