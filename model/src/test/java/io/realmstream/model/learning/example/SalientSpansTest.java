package io.realmstream.model.learning.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.learning.example.SalientSpan.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The labelled file was written for this test: the document's title, a tab, and {span|KIND}. */
class SalientSpansTest {
  private static final Pattern LABEL = Pattern.compile("\\{([^|]*)\\|([A-Z]*)}");

  private record Labelled(String title, String sentence, List<SalientSpan> spans) {}

  @Test
  void nineOfTenSpansAreExact() throws IOException {
    int labels = 0;
    int found = 0;
    int exact = 0;
    List<String> wrong = new ArrayList<>();
    for (Labelled each : labelled()) {
      List<SalientSpan> spans = SalientSpans.of(each.sentence(), each.title());
      labels += each.spans().size();
      found += spans.size();
      exact += (int) spans.stream().filter(each.spans()::contains).count();
      spans.stream()
          .filter(span -> !each.spans().contains(span))
          .forEach(span -> wrong.add(span.kind() + " " + span.of(each.sentence())));
    }
    assertThat(labels).isGreaterThan(100);
    assertThat(exact)
        .as("exact of %d found, wrong: %s", found, wrong)
        .isGreaterThan(found * 9 / 10);
    assertThat(exact).as("found of %d labels", labels).isGreaterThan(labels * 9 / 10);
  }

  @Test
  void spansAreInOrderAndDoNotOverlap() throws IOException {
    for (Labelled each : labelled()) {
      int end = 0;
      for (SalientSpan span : SalientSpans.of(each.sentence(), each.title())) {
        assertThat(span.start()).isGreaterThanOrEqualTo(end);
        end = span.end();
      }
    }
  }

  @Test
  void edgesHaveNoSpans() {
    assertThat(SalientSpans.of("", "")).isEmpty();
    assertThat(SalientSpans.of("A", "")).isEmpty();
    assertThat(SalientSpans.of("the", "the")).isEmpty();
    assertThat(SalientSpans.of("In the", "In the")).isEmpty();
    assertThat(SalientSpans.of("There are 7 of them.", "")).isEmpty();
  }

  @Test
  void moreThanAThousandCharactersHaveNoSpans() {
    assertThat(SalientSpans.of("x " + "Aa".repeat(499), "")).hasSize(1);
    assertThat(SalientSpans.of("x " + "Aa".repeat(499) + ".", "")).isEmpty();
    assertThat(SalientSpans.of("1".repeat(1_000), "")).hasSize(1);
    assertThat(SalientSpans.of("A. ".repeat(333), "")).isEmpty();
    assertThat(SalientSpans.of("The ".repeat(25_000), "")).isEmpty();
  }

  private static List<Labelled> labelled() throws IOException {
    List<Labelled> sentences = new ArrayList<>();
    for (String line : lines()) {
      int tab = line.indexOf('\t');
      StringBuilder sentence = new StringBuilder();
      List<SalientSpan> spans = new ArrayList<>();
      Matcher label = LABEL.matcher(line.substring(tab + 1));
      while (label.find()) {
        label.appendReplacement(sentence, "");
        int start = sentence.length();
        sentence.append(label.group(1));
        spans.add(new SalientSpan(start, sentence.length(), Kind.valueOf(label.group(2))));
      }
      sentences.add(
          new Labelled(line.substring(0, tab), label.appendTail(sentence).toString(), spans));
    }
    return sentences;
  }

  private static List<String> lines() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(SalientSpansTest.class.getResourceAsStream("salient-spans.tsv"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
