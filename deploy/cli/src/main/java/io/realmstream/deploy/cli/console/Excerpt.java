package io.realmstream.deploy.cli.console;

import org.jspecify.annotations.Nullable;

/** What people are shown of a text that may be long or have lines: one line, cut at its end. */
public final class Excerpt {
  /** As long as a name or an answer that somebody reads. */
  private static final int NAME_MAX = 200;

  /** As long as a message that somebody reads. */
  private static final int MESSAGE_MAX = 1_000;

  private Excerpt() {}

  /** Of a title, an answer, a key. */
  public static String name(String text) {
    return of(text, NAME_MAX);
  }

  /** Of a reason, an error. */
  public static String message(String text) {
    return of(text, MESSAGE_MAX);
  }

  /** Of a reason in brackets, behind what it is the reason of; null when there is none. */
  public static @Nullable String remark(@Nullable String reason) {
    return reason == null ? null : "(" + message(reason) + ")";
  }

  /**
   * At most so many characters of a text, with {@code ...} behind them when there are more; white
   * space is one space.
   */
  public static String of(String text, int charactersMax) {
    // what is cut off need not be looked at
    String start = text.substring(0, Math.min(text.length(), 4 * charactersMax));
    String line = start.replaceAll("\\s+", " ").strip();
    boolean whole = start.length() == text.length() && line.length() <= charactersMax;
    return whole ? line : line.substring(0, end(line, charactersMax)) + " ...";
  }

  /** Not inside a surrogate pair, and between two words if they are not long. */
  private static int end(String line, int charactersMax) {
    if (line.length() <= charactersMax) {
      return line.length();
    }
    int space = line.lastIndexOf(' ', charactersMax);
    if (space > charactersMax / 2) {
      return space;
    }
    boolean splits = Character.isHighSurrogate(line.charAt(charactersMax - 1));
    return splits ? charactersMax - 1 : charactersMax;
  }
}
