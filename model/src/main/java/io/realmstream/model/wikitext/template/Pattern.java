package io.realmstream.model.wikitext.template;

import java.util.ArrayList;
import java.util.List;

/**
 * How a template reads, as the head of {@code templates.txt} describes it: text, parameters in
 * braces, optional parts in square brackets.
 */
final class Pattern {
  /** A piece of a pattern. */
  private sealed interface Piece {}

  private record Text(String text) implements Piece {}

  /** A parameter, as it is or what it stands for in a list. */
  private record Parameter(String name, String list) {}

  /** The first of these that is there and not empty. */
  private record Choice(List<Parameter> parameters) implements Piece {}

  /** All unnamed parameters from a number on, with something between. */
  private record All(int from, String between) implements Piece {}

  private record Optional(List<Piece> pieces) implements Piece {}

  private final List<Piece> pieces;
  private final Words words;

  /**
   * @throws IllegalArgumentException for brackets without their match and lists that do not exist
   */
  Pattern(String pattern, Words words) {
    this.words = words;
    Parser parser = new Parser(pattern);
    this.pieces = parser.pieces('\0');
  }

  /** The template's text. */
  String render(Template template) {
    StringBuilder text = new StringBuilder();
    render(pieces, template, text);
    return text.toString();
  }

  /** Whether every parameter of these pieces was there; those of optional parts do not count. */
  private boolean render(List<Piece> parts, Template template, StringBuilder text) {
    boolean complete = true;
    for (Piece piece : parts) {
      if (piece instanceof Text literal) {
        text.append(literal.text());
      } else if (piece instanceof Optional optional) {
        int before = text.length();
        if (!render(optional.pieces(), template, text)) {
          text.setLength(before);
        }
      } else {
        String value = value(piece, template);
        complete &= !value.isEmpty();
        text.append(value);
      }
    }
    return complete;
  }

  private String value(Piece piece, Template template) {
    if (piece instanceof All all) {
      List<String> values = new ArrayList<>();
      for (int i = all.from(); i <= template.unnamedCount(); i++) {
        String value = template.marked(Integer.toString(i));
        if (!value.isEmpty()) {
          values.add(value);
        }
      }
      return String.join(all.between(), values);
    }
    for (Parameter parameter : ((Choice) piece).parameters()) {
      String value = value(parameter, template);
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  private String value(Parameter parameter, Template template) {
    String plain = template.plain(parameter.name());
    return switch (parameter.list()) {
      case "" -> plain.isEmpty() ? "" : template.marked(parameter.name());
      case "number" -> Numbers.grouped(plain);
      case "ordinal" -> Numbers.ordinal(plain);
      default -> words.get(parameter.list(), plain);
    };
  }

  /** Reads a pattern from left to right. */
  private final class Parser {
    private final String pattern;
    private int at;

    Parser(String pattern) {
      this.pattern = pattern;
    }

    /** The pieces up to the closing bracket; '\0' is the pattern's end. */
    List<Piece> pieces(char closing) {
      List<Piece> found = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      while (at < pattern.length() && pattern.charAt(at) != closing) {
        char character = pattern.charAt(at++);
        if (character != '[' && character != '{') {
          text.append(character == '\\' ? escaped() : character);
          continue;
        }
        found.add(new Text(text.toString()));
        text.setLength(0);
        found.add(character == '[' ? new Optional(pieces(']')) : parameter());
      }
      if (closing != '\0' && at++ >= pattern.length()) {
        throw new IllegalArgumentException("no " + closing + " in " + pattern);
      }
      found.add(new Text(text.toString()));
      return List.copyOf(found);
    }

    private char escaped() {
      char character = pattern.charAt(at++);
      return character == 'n' ? '\n' : character == 's' ? ' ' : character;
    }

    private Piece parameter() {
      int end = pattern.indexOf('}', at);
      if (end < 0) {
        throw new IllegalArgumentException("no } in " + pattern);
      }
      String inside = pattern.substring(at, end);
      at = end + 1;
      int dots = inside.indexOf("..");
      if (dots > 0) {
        String between = inside.substring(dots + 2).replace("\\n", "\n");
        return new All(Integer.parseInt(inside.substring(0, dots)), between);
      }
      List<Parameter> parameters = new ArrayList<>();
      for (String alternative : inside.split("\\|", -1)) {
        int colon = alternative.indexOf(':');
        String list = colon < 0 ? "" : alternative.substring(colon + 1);
        if (colon >= 0 && !List.of("number", "ordinal").contains(list) && !words.hasList(list)) {
          throw new IllegalArgumentException("no list " + list + " for " + pattern);
        }
        parameters.add(
            new Parameter(colon < 0 ? alternative : alternative.substring(0, colon), list));
      }
      return new Choice(List.copyOf(parameters));
    }
  }
}
