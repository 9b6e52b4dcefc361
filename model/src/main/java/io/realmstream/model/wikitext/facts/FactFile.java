package io.realmstream.model.wikitext.facts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A resource file of lines {@code names = value}. Names are separated by commas; a comma that is
 * part of a name stands behind a backslash. Empty lines are skipped, and those that begin with #
 * and a space.
 */
public final class FactFile {
  private static final String FOLDER = "/io/realmstream/model/wikitext/";

  /** A line: its names, at least one, and what stands behind the first " =". */
  public record Fact(List<String> names, String value) {}

  private FactFile() {}

  /**
   * The lines in order.
   *
   * @param name of a file in the resource folder of wikitext
   * @throws IllegalArgumentException for a line without names or without " ="
   */
  public static List<Fact> read(String name) {
    try (InputStream in = FactFile.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + FOLDER + name);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #read}, of a text that is given. */
  public static List<Fact> parse(String lines) {
    List<Fact> facts = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      if (!line.isBlank() && !(line + " ").startsWith("# ")) {
        facts.add(fact(line));
      }
    }
    return facts;
  }

  private static Fact fact(String line) {
    int equals = line.indexOf(" =");
    if (equals <= 0) {
      throw new IllegalArgumentException("no \"names = value\": " + line);
    }
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < equals; i++) {
      char character = line.charAt(i);
      if (character == ',') {
        names.add(name.toString().strip());
        name.setLength(0);
      } else {
        name.append(character == '\\' ? line.charAt(++i) : character);
      }
    }
    names.add(name.toString().strip());
    return new Fact(List.copyOf(names), line.substring(equals + 2).strip());
  }
}
