package io.realmstream.model.wikitext;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Wikitext that nobody would write by accident, of any length. */
final class HostileInputs {
  private static final List<String> PIECES =
      List.of(
          "[[",
          "]]",
          "[[a|",
          "[[File:a|",
          "[[a]] [[",
          "[http://a ",
          "[",
          "{{",
          "}}",
          "{",
          "{{{",
          "{{a|",
          "{{a",
          "{{nowrap|",
          "{{convert|1|",
          "{{#if:",
          "|",
          "=",
          "{{a|b=",
          "'",
          "''",
          "'''",
          "'' ''' ",
          "{|\n",
          "{|\n|\n",
          "|}\n",
          "{|\n{{a|\n",
          "<ref>",
          "<ref><ref>",
          "</ref>",
          "<ref",
          "<",
          "<b",
          "<b a=\"",
          "<!--",
          "-->",
          "<nowiki>",
          "<pre>",
          "<poem>\n\n",
          "<table>",
          "<table>{{",
          "</table>",
          "<br",
          "<h2>",
          "&",
          "&amp",
          "&#",
          "&#x1F600;",
          "&amp;",
          "__",
          "__A",
          "=\n",
          "==\n",
          "= a =\n",
          "*",
          "*\n",
          ":;",
          "\n",
          " \n",
          " ",
          "----\n",
          "\u0301\u0323",
          "\ud800",
          "\ufdd0",
          "\u1d160",
          "\u00a0",
          "\u200b",
          "(",
          "()",
          ", .");

  private HostileInputs() {}

  /** Beginnings and ends of markup. */
  static List<String> pieces() {
    return PIECES;
  }

  /** Each of that many characters, by a name that says what it is. */
  static Map<String, String> of(int length) {
    Map<String, String> inputs = new LinkedHashMap<>();
    for (String piece : PIECES) {
      inputs.put(piece.replace("\n", "\\n"), repeated(piece, length));
    }
    inputs.put("links nested and closed", nested("[[a|", "x", "]]", length));
    inputs.put("files nested and closed", nested("[[File:a|", "x", "]]", length));
    inputs.put("templates nested and closed", nested("{{nowrap|", "x", "}}", length));
    inputs.put("unknown templates nested and closed", nested("{{a|", "x", "}}", length));
    inputs.put("parameters nested and closed", nested("{{{a|", "x", "}}}", length));
    inputs.put("braces closed", nested("{", "x", "}", length));
    inputs.put("tables nested and closed", nested("{|\n", "x\n", "|}\n", length));
    inputs.put("references nested and closed", nested("<ref>", "x", "</ref>", length));
    inputs.put("tables of HTML nested and closed", nested("<table>", "x", "</table>", length));
    inputs.put("brackets around drops", nested("({{zz}}", "", ")", length));
    inputs.put("long text in nested templates", around("{{nowrap|", "}}", 100, length));
    inputs.put("long text in nested links", around("[[a|", "]]", 100, length));
    inputs.put("many links that close, many that do not", halves("[[a", "[[b]] ", length));
    inputs.put("open braces, then templates that close", halves("{{a|", "{{b}} ", length));
    inputs.put("open tables, then ends of templates", halves("{|\n", "}} ", length));
    inputs.put("open templates, then ends of tables", halves("{{a|", "\n|}", length));
    inputs.put("open templates, then ends of HTML", halves("{{", "</table>", length));
    inputs.put("spaces, then templates", halves(" ", "{{a}}", length));
    inputs.put("a template of bars", "{{convert" + repeated("|", length - 11) + "}}");
    inputs.put("a template of parameters", "{{quote" + repeated("|a=b", length - 11) + "}}");
    inputs.put("an endless name", "{{" + repeated("a", length - 4) + "}}");
    inputs.put("an endless address", "[http://" + repeated("a", length - 10) + "]");
    inputs.put("an endless tag", "<b " + repeated("a", length - 10) + ">");
    return inputs;
  }

  private static String repeated(String piece, int length) {
    return piece.repeat(length / piece.length() + 1).substring(0, length);
  }

  private static String nested(String open, String middle, String close, int length) {
    int depth = length / (open.length() + close.length());
    return open.repeat(depth) + middle + close.repeat(depth);
  }

  /** Text that takes nearly all of the length, within so many brackets. */
  private static String around(String open, String close, int depth, int length) {
    int rest = Math.max(0, length - depth * (open.length() + close.length()));
    return open.repeat(depth) + repeated("word ", rest) + close.repeat(depth);
  }

  private static String halves(String first, String second, int length) {
    return repeated(first, length / 2) + repeated(second, length / 2);
  }
}
