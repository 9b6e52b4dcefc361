package io.realmstream.model.wikitext.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Measures in the template convert: the value as it was given, with its unit in words. The value in
 * the other unit is left out. It follows from the first, and rounding it would need rules of its
 * own.
 */
final class Measures {
  /** Words between two values of a range. */
  private static final Set<String> BETWEEN =
      Set.of(
          "to",
          "and",
          "or",
          "by",
          "x",
          "×",
          "*",
          "xx",
          "-",
          "–",
          "+/-",
          "±",
          "to(-)",
          "and(-)",
          "to about",
          ",",
          ", and",
          ", or",
          "to-",
          "plus",
          "minus",
          "+");

  private final Words words;

  Measures(Words words) {
    this.words = words;
  }

  /** A unit in its three forms. */
  private record Unit(String one, String many, String symbol) {}

  /** "10 kilometres", "10 to 20 kilometres", "5 feet 10 inches", "10-kilometre" with adj=on. */
  String words(Template template) {
    return measure(template, template.is("abbr", "on", "in"));
  }

  /** The same with symbols, "10 km". */
  String symbols(Template template) {
    return measure(template, !template.is("abbr", "off", "out", "none"));
  }

  private String measure(Template template, boolean symbols) {
    List<String> values = new ArrayList<>();
    int i = 1;
    values.add(Numbers.phrase(template.plain(i++)));
    while (BETWEEN.contains(template.plain(i)) && Numbers.isNumber(template.plain(i + 1))) {
      values.add(between(template.plain(i)));
      values.add(Numbers.phrase(template.plain(i + 1)));
      i += 2;
    }
    if (template.is("disp", "number")) {
      return String.join("", values);
    }
    boolean american = template.is("sp", "us");
    boolean adjective = template.is("adj", "on", "mid");
    StringBuilder text = new StringBuilder(String.join("", values));
    text.append(unit(template.plain(i), values, new Form(symbols, adjective, american)));
    while (Numbers.isNumber(template.plain(i + 1)) && isKnown(template.plain(i + 2))) {
      List<String> value = List.of(Numbers.phrase(template.plain(i + 1)));
      text.append(adjective && !symbols ? "-" : " ").append(value.get(0));
      text.append(unit(template.plain(i + 2), value, new Form(symbols, adjective, american)));
      i += 2;
    }
    String end = template.plain(template.unnamedCount());
    return text.append(template.is("adj", "mid") && !isKnown(end) ? end : "").toString();
  }

  private record Form(boolean symbol, boolean adjective, boolean american) {}

  private String unit(String code, List<String> values, Form form) {
    if (code.isEmpty()) {
      return "";
    }
    Unit unit = unit(code);
    if (form.symbol()) {
      return " " + unit.symbol();
    }
    boolean one = form.adjective() || values.equals(List.of("1"));
    String name = one ? unit.one() : unit.many();
    if (form.american()) {
      name = name.replace("metre", "meter").replace("litre", "liter");
    }
    return form.adjective() ? "-" + name.replace(' ', '-') : " " + name;
  }

  private boolean isKnown(String code) {
    return !words.get("unit", code).isEmpty();
  }

  /** "one; many; symbol" in the list; "X/Y" is taken apart; others stand for themselves. */
  private Unit unit(String code) {
    String found = words.get("unit", code);
    int slash = code.indexOf('/');
    if (!found.isEmpty()) {
      String[] forms = found.split("; *", -1);
      return new Unit(forms[0], forms[1], forms[2]);
    }
    if (slash > 0 && isKnown(code.substring(0, slash)) && isKnown(code.substring(slash + 1))) {
      Unit over = unit(code.substring(0, slash));
      Unit under = unit(code.substring(slash + 1));
      return new Unit(
          over.one() + " per " + under.one(),
          over.many() + " per " + under.one(),
          over.symbol() + "/" + under.symbol());
    }
    return new Unit(code, code, code);
  }

  private static String between(String word) {
    return switch (word) {
      case "-", "–", "to-" -> "–";
      case "x", "×", "*", "xx" -> " × ";
      case "+/-", "±" -> "±";
      case "to(-)" -> " to ";
      case "and(-)" -> " and ";
      case "plus", "+" -> " + ";
      case "minus" -> " − ";
      case ",", ", and", ", or" -> word + " ";
      default -> " " + word + " ";
    };
  }
}
