package io.realmstream.deploy.cli.console;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a terminal shows and does not obey: characters that would steer it are written as
 * JSON escapes them, {@code \}{@code u001b} for instance. JSON thereby says the same as before.
 * Also remembers why something could not be written.
 */
public final class TerminalWriter extends FilterWriter {
  private volatile @Nullable IOException failure;

  public TerminalWriter(Writer out) {
    super(out);
  }

  /** The text with escapes, as it would be written. */
  public static String neutral(String text) {
    StringBuilder neutral = null;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (neutral == null && steers(character)) {
        neutral = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (neutral != null) {
        append(neutral, character);
      }
    }
    return neutral == null ? text : neutral.toString();
  }

  /** Why the output is not whole; null while it is. */
  public @Nullable IOException failure() {
    return failure;
  }

  /** Whether nobody reads any more, as {@code head} after its lines: that is no failure. */
  public boolean readerIsGone() {
    IOException e = failure;
    return e != null && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
  }

  @Override
  public void write(int character) throws IOException {
    write(new char[] {(char) character}, 0, 1);
  }

  @Override
  public void write(char[] characters, int start, int length) throws IOException {
    write(new String(characters, start, length), 0, length);
  }

  @Override
  public void write(String text, int start, int length) throws IOException {
    try {
      out.write(neutral(text.substring(start, start + length)));
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  private IOException remembered(IOException e) {
    if (failure == null) {
      failure = e;
    }
    return e;
  }

  private static void append(StringBuilder neutral, char character) {
    if (steers(character)) {
      neutral.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
    } else {
      neutral.append(character);
    }
  }

  /** Controls, but for those of the layout, and what turns the direction of a line's rest. */
  private static boolean steers(char character) {
    if (character == '\t' || System.lineSeparator().indexOf(character) >= 0) {
      return false;
    }
    return Character.isISOControl(character)
        || (character >= '\u202A' && character <= '\u202E')
        || (character >= '\u2066' && character <= '\u2069');
  }
}
