package io.realmstream.model.learning.example;

import io.realmstream.model.learning.example.SalientSpan.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds salient spans of English sentences by rules: dates, names, and numbers. REALM finds dates
 * by a regular expression and names by a tagger. Here rules find names, too, since there is no
 * tagger under a free licence.
 */
public final class SalientSpans {
  private static final String MONTH =
      "(?:January|February|March|April|May|June|July|August|September|October|November|December)";
  private static final String YEAR = "(?:1\\d|20)\\d\\d";
  private static final Pattern DATE =
      Pattern.compile(
          String.join(
              "|",
              "\\b\\d{1,2}(?:st|nd|rd|th)? (?:of )?" + MONTH + "(?:,? \\d{3,4})?\\b",
              "\\b" + MONTH + " \\d{1,2}(?:st|nd|rd|th)?(?:,? " + YEAR + ")?\\b",
              "\\b" + MONTH + "(?: of|,)? " + YEAR + "\\b",
              "\\b\\d{1,2}(?:st|nd|rd|th)[ -]century(?: (?:BCE?|AD|CE)\\b)?",
              "\\b\\d{1,4} (?:BCE?|CE)\\b",
              "\\bAD \\d{1,4}\\b",
              "(?<![\\d.,$£€])\\b" + YEAR + "s?\\b(?![.,]?\\d|%| percent)"));

  private static final String UNIT =
      "(?:%| ?(?:percent|per cent|thousand|million|billion|trillion)\\b"
          + "|[ -](?:km|kilomet(?:er|re)s?|m|met(?:er|re)s?|cm|mm|miles?|feet|foot|ft|inch(?:es)?"
          + "|kg|kilograms?|grams?|tonn?es?|tons?|pounds|dollars|euros|hectares|acres|degrees"
          + "|years?|months|weeks|days|hours|minutes|seconds|people|inhabitants)\\b)";
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\w.,])[$£€]?\\d+(?:,\\d{3})*(?:\\.\\d+)?(?:" + UNIT + "){0,2}(?![\\w%])");

  private static final String WORD = "\\p{Lu}[\\p{L}\\p{M}\\d]*(?:['’.&-][\\p{L}\\p{M}\\d]+)*";
  private static final String JOINT =
      "(?:of the|of|de la|de|la|le|du|des|von|van der|van|al|bin|ibn|del|der|di|da|zu|the)";
  private static final Pattern NAME =
      Pattern.compile(
          "\\b(?:\\p{Lu}\\. ?)*"
              + WORD
              + "(?:(?: (?:\\p{Lu}\\. ?)*| "
              + JOINT
              + " )"
              + WORD
              + ")*");

  /** Capital letters at the beginning of a sentence that make no name. */
  private static final Set<String> OPENERS =
      Set.of(
          ("the a an in on at it he she they this that these those his her their its as by for from"
                  + " with while when where after before during although though however but and or"
                  + " if since because there here one some many most both each other another all"
                  + " also such not no to of then thus therefore despite according between among"
                  + " under over into upon about through like unlike until i we you my our your who"
                  + " what which how why even only so yet once later today now two three four five"
                  + " six seven eight nine ten first second following being having near several"
                  + " every within without around across against along nor")
              .split(" "));

  private static final Pattern FIRST_WORD = Pattern.compile("[\\p{L}\\p{M}\\d'’]+");
  private static final int NAME_MIN = 3;

  private final String sentence;
  private final String title;
  private final List<SalientSpan> spans = new ArrayList<>();

  private SalientSpans(String sentence, String title) {
    this.sentence = sentence;
    this.title = title;
  }

  /**
   * The spans of a sentence in order; none overlaps another. A sentence of more than 1,000
   * characters has none.
   *
   * @param title of the document; a lone first word is a name only if it is the title
   */
  public static List<SalientSpan> of(String sentence, String title) {
    if (sentence.length() > Sentence.CHARACTERS_MAX) {
      return List.of();
    }
    SalientSpans found = new SalientSpans(sentence, title);
    found.dates();
    found.names();
    found.numbers();
    found.spans.sort(Comparator.comparingInt(SalientSpan::start));
    return found.spans;
  }

  private void dates() {
    Matcher matcher = DATE.matcher(sentence);
    while (matcher.find()) {
      add(matcher.start(), matcher.end(), Kind.DATE);
    }
  }

  private void names() {
    Matcher matcher = NAME.matcher(sentence);
    while (matcher.find()) {
      int start = behindOpeners(matcher.start(), matcher.end());
      int end = withoutPossessive(start, matcher.end());
      if (end - start >= NAME_MIN && !isOrdinary(start, end)) {
        add(start, end, Kind.NAME);
      }
    }
  }

  private void numbers() {
    Matcher matcher = NUMBER.matcher(sentence);
    while (matcher.find()) {
      String number = matcher.group();
      boolean telling =
          number.chars().filter(Character::isDigit).count() > 1
              || !number.chars().allMatch(Character::isDigit);
      if (telling) {
        add(matcher.start(), matcher.end(), Kind.NUMBER);
      }
    }
  }

  /** Where the run goes on behind words that only begin the sentence, and what joins them to it. */
  private int behindOpeners(int start, int end) {
    int from = start;
    Matcher word = FIRST_WORD.matcher(sentence);
    while (from < end
        && word.region(from, end).lookingAt()
        && OPENERS.contains(word.group().toLowerCase(Locale.ROOT))) {
      from = Math.min(end, word.end() + 1);
      while (from < end && !Character.isUpperCase(sentence.charAt(from))) {
        from++;
      }
    }
    return from;
  }

  private int withoutPossessive(int start, int end) {
    String name = sentence.substring(start, end);
    return name.endsWith("'s") || name.endsWith("’s") ? end - 2 : end;
  }

  /** A month alone, or a lone first word that is capitalised because it is the first. */
  private boolean isOrdinary(int start, int end) {
    String name = sentence.substring(start, end);
    boolean isFirstWord = start == 0 && name.indexOf(' ') < 0;
    return name.matches(MONTH) || (isFirstWord && !name.equalsIgnoreCase(title));
  }

  private void add(int start, int end, Kind kind) {
    boolean free = spans.stream().allMatch(each -> end <= each.start() || start >= each.end());
    if (free) {
      spans.add(new SalientSpan(start, end, kind));
    }
  }
}
