package io.realmstream.deploy.cli.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines for people; values stand below each other behind their names. */
public final class Page {
  private final String nameFormat;
  private final StringJoiner lines = new StringJoiner(System.lineSeparator());

  /**
   * @param indent spaces in front of each name
   * @param width of the longest name
   */
  public Page(int indent, int width) {
    nameFormat = " ".repeat(indent) + "%-" + width + "s  ";
  }

  /** Values two spaces apart; null is left out. */
  public static String columns(@Nullable Object... values) {
    return Arrays.stream(values)
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .collect(Collectors.joining("  "));
  }

  /** Adds a name and its value. */
  public void entry(String name, String format, @Nullable Object... values) {
    lines.add(format(nameFormat, name) + format(format, values));
  }

  /** Adds a line. */
  public void line(String format, @Nullable Object... values) {
    lines.add(format(format, values));
  }

  /** What a format says, the same in every country. */
  public static String format(String format, @Nullable Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** All lines, without a line feed behind the last. */
  @Override
  public String toString() {
    return lines.toString();
  }
}
