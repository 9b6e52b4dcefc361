package io.realmstream.deploy.embedded;

import io.realmstream.deploy.sample.SampleKnowledgeBase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A page of Wikipedia, made up of words of the sample: sections of sentences with links, templates
 * and references. Lengths are log-normal: half of the pages have over 6,000 characters of wikitext,
 * the mean is about 10,000, the largest 100,000.
 */
final class MadeUpPage {
  private static final double MEDIAN = 6_000;
  private static final double SIGMA = 1;
  private static final double LENGTH_MAX = 100_000;
  private static final int SECTION = 12;
  private static final int PARAGRAPH = 4;
  private static final String[] WORDS =
      SampleKnowledgeBase.documents().stream()
          .flatMap(document -> Arrays.stream(document.text().split("[^A-Za-z]+")))
          .filter(word -> !word.isEmpty())
          .toArray(String[]::new);

  private final long id;
  private final Random random;
  private final List<String> sentences = new ArrayList<>();

  /** Each id has a page of its own, the same in every run. */
  MadeUpPage(long id) {
    this.id = id;
    this.random = new Random(id);
    double length = Math.min(LENGTH_MAX, MEDIAN * Math.exp(SIGMA * random.nextGaussian()));
    int characters = 0;
    while (characters < length) {
      String sentence = sentence();
      sentences.add(sentence);
      characters += sentence.length();
    }
  }

  long id() {
    return id;
  }

  String title() {
    return "Page " + id;
  }

  /** Changes one sentence; one time in ten adds a paragraph. */
  void edit() {
    if (random.nextInt(10) == 0) {
      int at = random.nextInt(sentences.size());
      for (int i = 0; i < PARAGRAPH; i++) {
        sentences.add(at, sentence());
      }
    } else {
      sentences.set(random.nextInt(sentences.size()), sentence());
    }
  }

  String wikitext() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences.size(); i++) {
      if (i > 0 && i % SECTION == 0) {
        text.append("\n\n== Section ").append(i / SECTION).append(" ==\n");
      } else if (i % PARAGRAPH == 0) {
        text.append("\n\n");
      }
      text.append(sentences.get(i)).append(' ');
    }
    return text.toString();
  }

  private String sentence() {
    StringBuilder sentence = new StringBuilder(Character.toString('A' + random.nextInt(26)));
    for (int words = 10 + random.nextInt(16); words > 0; words--) {
      sentence.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
    }
    return switch (random.nextInt(5)) {
      case 0 -> sentence + " {{convert|%d|km}}.".formatted(random.nextInt(900));
      case 1 -> sentence + " [[river|stream]] of '''%d'''.".formatted(random.nextInt(2_000));
      case 2 -> sentence + ".<ref>{{cite book|title=A book|year=1999}}</ref>";
      default -> sentence + ".";
    };
  }
}
