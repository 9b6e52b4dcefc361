package io.realmstream.deploy.cli.console;

import java.io.Writer;
import java.util.function.Consumer;

/** Hands over each line when it is whole. */
public final class LineWriter extends Writer {
  private final Consumer<String> lines;
  private final StringBuilder begun = new StringBuilder();

  public LineWriter(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void write(char[] characters, int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (characters[i] == '\n') {
        lines.accept(begun.toString());
        begun.setLength(0);
      } else {
        begun.append(characters[i]);
      }
    }
  }

  /** The begun line waits for its end. */
  @Override
  public void flush() {}

  @Override
  public void close() {}
}
