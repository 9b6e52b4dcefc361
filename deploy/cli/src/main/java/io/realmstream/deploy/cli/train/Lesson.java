package io.realmstream.deploy.cli.train;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.deploy.cli.learn.corpus.Corpus;
import io.realmstream.model.evaluation.AnswerText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A question with the passages that hold its answer.
 *
 * @param group the article of the first of them, which it is batched with
 * @param passages their places in the corpus, at least one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Lesson(String question, String group, int[] passages) {

  /**
   * The lesson of a row of feedback. Of a document of several passages those count that hold an
   * accepted answer, or all if none does.
   *
   * @param place names the row in a failure
   * @throws CommandFailure if the row names no passage, or one that is not in the corpus
   */
  static Lesson of(GoldQuestion row, Corpus corpus, String place) {
    if (row.passages().isEmpty()) {
      throw CommandFailure.failed(place + ": names no passage");
    }
    List<Integer> named = new ArrayList<>();
    for (String id : row.passages()) {
      Integer document = corpus.numbers().get(id);
      if (document == null) {
        throw CommandFailure.failed(place + ": no passage of a document '" + id + "' was read");
      }
      IntStream.range(0, corpus.passages().size())
          .filter(i -> corpus.passages().get(i).document() == document)
          .forEach(named::add);
    }
    List<Integer> holding = named.stream().filter(i -> holds(row, corpus, i)).toList();
    int[] passages =
        (holding.isEmpty() ? named : holding).stream().mapToInt(Integer::intValue).toArray();
    return new Lesson(row.question(), corpus.passages().get(passages[0]).group(), passages);
  }

  /** The articles of its passages. */
  List<String> groups(Corpus corpus) {
    return Arrays.stream(passages)
        .mapToObj(i -> corpus.passages().get(i).group())
        .distinct()
        .toList();
  }

  private static boolean holds(GoldQuestion row, Corpus corpus, int passage) {
    List<String> answers = row.answers();
    if (answers == null) {
      return false;
    }
    String text = words(corpus.passages().get(passage).text());
    return answers.stream()
        .map(Lesson::words)
        .anyMatch(each -> !each.isBlank() && text.contains(each));
  }

  /** With a space at both ends, so that whole words are found. */
  private static String words(String text) {
    return " " + AnswerText.normalize(text) + " ";
  }
}
