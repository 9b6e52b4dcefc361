package io.realmstream.deploy.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;

class TerminalWriterTest {
  private final StringWriter shown = new StringWriter();

  @Test
  void whatWouldSteerTheTerminalIsShownAsAnEscape() throws IOException {
    // sets the clipboard; clears the screen, once by its 8-bit form; overwrites the line; rings
    assertThat(shown("\033]52;c;cm0=\007")).isEqualTo("\\u001b]52;c;cm0=\\u0007");
    assertThat(shown("\033[2J\u009b2J")).isEqualTo("\\u001b[2J\\u009b2J");
    assertThat(shown("good\rbad\b\0\177")).isEqualTo("good\\u000dbad\\u0008\\u0000\\u007f");
  }

  @Test
  void whatTurnsTheDirectionOfALineIsAnEscapeAndRightToLeftTextIsNot() throws IOException {
    assertThat(shown("a\u202Eb\u2066c\u2069")).isEqualTo("a\\u202eb\\u2066c\\u2069");
    String text = "שלום \u200Fمرحبا Straße 漢字 👍🏽\n\tnext";
    assertThat(shown(text)).isEqualTo(text);
  }

  @Test
  void everyWayToWriteIsTheSame() throws IOException {
    try (TerminalWriter writer = new TerminalWriter(shown)) {
      writer.write("a\033b", 1, 2);
      writer.write("a\033b".toCharArray(), 0, 2);
      writer.write('\033');
      writer.append('\t').append("\033");
    }
    assertThat(shown.toString()).isEqualTo("\\u001bba\\u001b\\u001b\t\\u001b");
  }

  @Test
  void jsonSaysTheSameAsBefore() throws Exception {
    String json = "{\"title\":\"a\u009bb\u202Ec\177\"}";
    assertThat(JsonMapper.builder().build().readTree(shown(json)).path("title").textValue())
        .isEqualTo("a\u009bb\u202Ec\177");
  }

  @Test
  void remembersWhyItFailedAndWhetherNobodyReads() {
    assertThat(failed("No space left on device").readerIsGone()).isFalse();
    assertThat(failed("No space left on device").failure()).hasMessage("No space left on device");
    assertThat(failed("Broken pipe").readerIsGone()).isTrue();
    assertThat(new TerminalWriter(shown).failure()).isNull();
  }

  private String shown(String text) throws IOException {
    shown.getBuffer().setLength(0);
    try (TerminalWriter writer = new TerminalWriter(shown)) {
      writer.write(text);
    }
    return shown.toString();
  }

  private static TerminalWriter failed(String reason) {
    TerminalWriter writer = new TerminalWriter(new Broken(reason));
    assertThatThrownBy(() -> writer.write("text")).hasMessage(reason);
    assertThatThrownBy(writer::flush).hasMessage(reason);
    return writer;
  }

  private static final class Broken extends Writer {
    private final String reason;

    Broken(String reason) {
      this.reason = reason;
    }

    @Override
    public void write(char[] characters, int start, int length) throws IOException {
      throw new IOException(reason);
    }

    @Override
    public void flush() throws IOException {
      throw new IOException(reason);
    }

    @Override
    public void close() {}
  }
}
