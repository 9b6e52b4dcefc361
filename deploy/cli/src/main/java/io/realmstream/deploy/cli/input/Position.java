package io.realmstream.deploy.cli.input;

/**
 * A place in the input, written {@code FILE:LINE}.
 *
 * @param file as given on the command line; {@code -} = standard input
 * @param line from 1; a text document is all on line 1
 */
public record Position(String file, long line) {
  public Position {
    if (file.isEmpty() || line < 1) {
      throw new IllegalArgumentException("not FILE:LINE: " + file + ":" + line);
    }
  }

  /**
   * Reads {@code FILE:LINE}.
   *
   * @throws IllegalArgumentException if the text is not {@code FILE:LINE}
   */
  public static Position parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("not FILE:LINE: " + text);
    }
    return new Position(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
