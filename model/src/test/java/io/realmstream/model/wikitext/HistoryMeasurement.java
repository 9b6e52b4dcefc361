package io.realmstream.model.wikitext;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.model.wikitext.facts.Entities;
import io.realmstream.model.wikitext.facts.Entities.Entity;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures what is left of a page's revisions: sentences with holes, markup, and how fast. The file
 * has a revision a line, JSON with {@code text}, whose entities are escaped once more than the
 * page's; {@code text} may be null. The class path is that of the module's tests.
 *
 * <pre>
 * java -cp ... io.realmstream.model.wikitext.HistoryMeasurement FILE
 * </pre>
 */
public final class HistoryMeasurement {
  /** A conjunction without what it joins, empty brackets, a comma that joins nothing. */
  private static final Pattern HOLE =
      Pattern.compile("\\bof and\\b|\\( *\\)|\\[ *\\]|, *\\.(?!\\.)|\\( *,|, *,|\\bthe and\\b");

  private static final Pattern MARKUP =
      Pattern.compile(
          "\\[\\[|\\]\\]|\\{\\{|\\}\\}|\\{\\||\\|\\}|''|&[a-zA-Z]+;|&#\\d+;|<!--|__[A-Z]+__"
              + "|</?(b|i|br|div|p|span|ref|table|tr|td|small|sup|sub|nowiki|center|font)\\b[^>]*>"
              + "|^=+.*=+$|^[*#:;|!]|[\\ufdd0-\\ufdef]",
          Pattern.MULTILINE);

  private static final int ROUNDS = 5;

  private HistoryMeasurement() {}

  public static void main(String[] arguments) throws Exception {
    List<String> pages = pages(Path.of(arguments[0]));
    WikitextExtractor extractor = new WikitextExtractor();
    int sentences = 0;
    int holes = 0;
    int markup = 0;
    UnknownTemplates unknown = new UnknownTemplates(1000);
    for (String page : pages) {
      Extract extract = extractor.extract(page);
      unknown.add(extract.unknownTemplates());
      markup += found(MARKUP, extract.text(), "markup");
      for (String sentence : sentences(extract.text())) {
        sentences++;
        holes += found(HOLE, sentence, "hole") > 0 ? 1 : 0;
      }
    }
    System.out.printf(
        "%d revisions, %d sentences, with holes %d (%.3f %%), markup left over %d%n",
        pages.size(), sentences, holes, 100.0 * holes / sentences, markup);
    System.out.println("unknown templates: " + unknown.top(100));
    speed(extractor, pages);
  }

  private static void speed(WikitextExtractor extractor, List<String> pages) {
    long characters = pages.stream().mapToLong(String::length).sum();
    for (int round = 1; round <= ROUNDS; round++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long steps = 0;
      for (String page : pages) {
        steps += extractor.extract(page).steps();
      }
      double seconds =
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
      System.out.printf(
          "round %d: %.1f million characters in %.3f s of CPU, %.1f million a second, a page of 17"
              + " thousand in %.3f ms, %.2f steps a character%n",
          round,
          characters / 1e6,
          seconds,
          characters / seconds / 1e6,
          17_000 * seconds / characters * 1e3,
          (double) steps / characters);
    }
  }

  private static int found(Pattern pattern, String text, String what) {
    int count = 0;
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      count++;
      int from = Math.max(0, matcher.start() - 40);
      int to = Math.min(text.length(), matcher.end() + 20);
      System.out.println(what + ": " + text.substring(from, to).replace('\n', '/'));
    }
    return count;
  }

  private static List<String> sentences(String text) {
    List<String> sentences = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
      breaks.setText(line);
      int from = breaks.first();
      for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
        sentences.add(line.substring(from, to));
        from = to;
      }
    }
    return sentences;
  }

  private static List<String> pages(Path file) throws Exception {
    List<String> pages = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode text = new ObjectMapper().readTree(line).get("text");
      if (text.isTextual()) {
        pages.add(unescaped(text.textValue()));
      }
    }
    return pages;
  }

  /** The page's own wikitext. */
  private static String unescaped(String escaped) {
    StringBuilder text = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); ) {
      Entity entity = escaped.charAt(i) == '&' ? Entities.at(escaped, i) : null;
      text.append(entity == null ? escaped.substring(i, i + 1) : entity.character());
      i += entity == null ? 1 : entity.length();
    }
    return text.toString();
  }
}
