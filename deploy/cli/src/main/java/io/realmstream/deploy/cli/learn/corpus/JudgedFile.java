package io.realmstream.deploy.cli.learn.corpus;

import io.realmstream.model.learning.gate.ExactIndex;
import io.realmstream.model.learning.gate.JudgedQuestion;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Questions of a file whose documents are known.
 *
 * @param trunks of the questions
 * @param accepted numbers of the documents that each accepts
 * @param groups what each is drawn with
 */
public record JudgedFile(
    String name, List<float[]> trunks, List<int[]> accepted, List<String> groups) {

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
    return IntStream.range(0, before.length)
        .mapToObj(i -> new JudgedQuestion(groups.get(i), before[i], after[i]))
        .toList();
  }

  private static double recall(int[] ranks, int cut) {
    return (double) Arrays.stream(ranks).filter(rank -> rank <= cut).count() / ranks.length;
  }
}
