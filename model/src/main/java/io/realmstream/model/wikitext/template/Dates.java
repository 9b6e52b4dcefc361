package io.realmstream.model.wikitext.template;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.Period;
import java.time.format.TextStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Dates in templates. No age depends on today: the same wikitext reads the same on every day, so
 * ages of the living are left out.
 */
final class Dates {
  private static final String[] YES = {"y", "yes", "1", "true", "on"};

  private Dates() {}

  /** Year, month and day: "May 4, 2020", or "4 May 2020" with df=y. */
  static String date(Template template) {
    return date(template, 1, template.is("df", YES));
  }

  /** Date of a death, with the age if that of the birth follows. */
  static String death(Template template) {
    String age = age(template, 4, 1);
    return date(template) + (age.isEmpty() ? "" : " (aged " + age + ")");
  }

  /** Years between two dates; empty without the second. */
  static String age(Template template) {
    return age(template, 1, 4);
  }

  /** "As of May 2020", in small letters with lc=y. */
  static String asOf(Template template) {
    if (!template.plain("alt").isEmpty()) {
      return template.plain("alt");
    }
    String words = template.is("since", YES) ? "Since" : "As of";
    String date = date(template, 1, !template.is("df", "us", "mdy"));
    return (template.is("lc", YES) ? words.toLowerCase(Locale.ROOT) : words)
        + (date.isEmpty() ? "" : " " + date)
        + template.plain("post");
  }

  /**
   * @param first number of the parameter with the year
   */
  private static String date(Template template, int first, boolean dayFirst) {
    String given = template.plain(first);
    LocalDate iso = isoDate(given);
    if (iso != null) {
      return phrase(
          Integer.toString(iso.getYear()), name(iso.getMonth()), iso.getDayOfMonth(), dayFirst);
    }
    if (number(given) < 0) {
      return given;
    }
    String month = month(template.plain(first + 1));
    return phrase(given, month, number(template.plain(first + 2)), dayFirst);
  }

  private static String phrase(String year, String month, int day, boolean dayFirst) {
    if (month.isEmpty()) {
      return year;
    }
    if (day <= 0) {
      return month + " " + year;
    }
    return dayFirst ? day + " " + month + " " + year : month + " " + day + ", " + year;
  }

  private static String month(String given) {
    int number = number(given);
    if (number < 0) {
      return given;
    }
    return number >= 1 && number <= 12 ? name(Month.of(number)) : "";
  }

  private static String name(Month month) {
    return month.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String age(Template template, int birth, int end) {
    LocalDate from = day(template, birth);
    LocalDate to = day(template, end);
    boolean known = from != null && to != null && !to.isBefore(from);
    return known ? Integer.toString(Period.between(from, to).getYears()) : "";
  }

  private static @Nullable LocalDate day(Template template, int first) {
    int year = number(template.plain(first));
    int month = number(template.plain(first + 1));
    int day = number(template.plain(first + 2));
    try {
      return year < 0 ? null : LocalDate.of(year, month, day);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable LocalDate isoDate(String given) {
    try {
      return given.length() == 10 ? LocalDate.parse(given) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** -1 for what is no number of up to four digits. */
  private static int number(String text) {
    if (text.isEmpty() || text.length() > 4) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
