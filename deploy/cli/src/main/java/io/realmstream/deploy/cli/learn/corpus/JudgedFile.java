package io.realmstream.deploy.cli.learn.corpus;

import io.realmstream.model.learning.gate.ExactIndex;
import io.realmstream.model.learning.gate.JudgedQuestion;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Questions of a file whose documents are known.
 *
 * @param trunks of the questions
 * @param accepted numbers of the documents that each accepts
 * @param groups those of each one's documents; it is drawn with the first
 */
public record JudgedFile(
    String name, List<float[]> trunks, List<int[]> accepted, List<List<String>> groups) {

  /**
   * Rank of each question's first accepted document, from 1.
   *
   * @param head from a trunk output to a vector
   */
  public int[] ranks(Function<float[], double[]> head, ExactIndex index) {
    return IntStream.range(0, trunks.size())
        .parallel()
        .map(i -> index.rank(head.apply(trunks.get(i)), accepted.get(i)))
        .toArray();
  }

  /** Recall@1 and @5 of ranks. */
  public FileRecall recall(int[] ranks) {
    return new FileRecall(name, recall(ranks, 1), recall(ranks, 5));
  }

  /** Each question with both its ranks. */
  public List<JudgedQuestion> compared(int[] before, int[] after) {
    return compared(before, after, group -> true);
  }

  /**
   * Those with both their ranks that are fit to judge.
   *
   * @param judges whether a group may judge; one that may not keeps out all questions on it
   */
  public List<JudgedQuestion> compared(int[] before, int[] after, Predicate<String> judges) {
    return IntStream.range(0, before.length)
        .filter(i -> groups.get(i).stream().allMatch(judges))
        .mapToObj(i -> new JudgedQuestion(groups.get(i).get(0), before[i], after[i]))
        .toList();
  }

  private static double recall(int[] ranks, int cut) {
    return (double) Arrays.stream(ranks).filter(rank -> rank <= cut).count() / ranks.length;
  }
}
