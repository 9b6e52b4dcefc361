package io.realmstream.model.wikitext.template;

import java.util.regex.Pattern;

/** Numbers as readers see them. */
final class Numbers {
  private static final Pattern NUMBER = Pattern.compile("[-+−]?\\d{1,30}(\\.\\d{1,30})?");
  private static final Pattern GIVEN =
      Pattern.compile("[-+−~]?[\\d,]{1,40}(\\.\\d{1,30})?([+/⁄ ]\\d{1,9}){0,3}");

  private Numbers() {}

  /** Whether a template would take this for a number: with commas, with a fraction. */
  static boolean isNumber(String text) {
    return GIVEN.matcher(text).matches();
  }

  /** With commas between thousands; what is no plain number stays as it is. */
  static String grouped(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return text;
    }
    int point = text.indexOf('.');
    int start = Character.isDigit(text.charAt(0)) ? 0 : 1;
    StringBuilder grouped = new StringBuilder(text);
    for (int i = (point < 0 ? text.length() : point) - 3; i > start; i -= 3) {
      grouped.insert(i, ',');
    }
    return grouped.toString();
  }

  /** A fraction "5+1/2" as "5 1/2", every other number with commas. */
  static String phrase(String text) {
    return text.indexOf('/') > 0 ? text.replace('+', ' ') : grouped(text);
  }

  /** 1st, 2nd, 3rd, 4th; what is no number stays as it is. */
  static String ordinal(String text) {
    if (text.isEmpty() || !Character.isDigit(text.charAt(text.length() - 1))) {
      return text;
    }
    boolean teen = text.length() > 1 && text.charAt(text.length() - 2) == '1';
    String ending =
        switch (text.charAt(text.length() - 1)) {
          case '1' -> "st";
          case '2' -> "nd";
          case '3' -> "rd";
          default -> "th";
        };
    return text + (teen ? "th" : ending);
  }

  /** A value with its uncertainty, power of ten and unit, as the template val has them. */
  static String value(Template template) {
    StringBuilder value = new StringBuilder(grouped(template.plain(1)));
    String error = template.plain(2);
    if (!error.isEmpty()) {
      value.append(error.startsWith("+") ? "" : "±").append(error).append(template.plain(3));
    }
    if (!template.plain("e").isEmpty()) {
      value.append("×10^").append(template.plain("e"));
    }
    String unit = template.plain("u") + template.plain("ul");
    if (!unit.isEmpty()) {
      value.append(unit.startsWith("%") || unit.startsWith("°") ? "" : " ").append(unit);
    }
    String per = template.plain("up") + template.plain("upl");
    if (!per.isEmpty()) {
      value.append('/').append(per);
    }
    return template.plain("p") + value + template.plain("s");
  }
}
