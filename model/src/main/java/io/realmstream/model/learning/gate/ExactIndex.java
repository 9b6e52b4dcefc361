package io.realmstream.model.learning.gate;

import io.realmstream.model.learning.Dense;
import io.realmstream.model.learning.ProjectionHead;
import java.util.Arrays;
import java.util.List;

/** All passages' vectors of one head, searched by a plain loop. Safe for use by many threads. */
public final class ExactIndex {
  private final double[][] vectors;
  private final int[] documents;
  private final int documentCount;

  /**
   * @param vectors one a passage
   * @param documents number of the passage's document, from 0; one a passage
   */
  public ExactIndex(List<double[]> vectors, int[] documents) {
    if (vectors.size() != documents.length) {
      throw new IllegalArgumentException(
          vectors.size() + " vectors of passages, documents of " + documents.length);
    }
    this.vectors = vectors.toArray(double[][]::new);
    this.documents = documents.clone();
    this.documentCount = Arrays.stream(documents).max().orElse(-1) + 1;
  }

  /** The passages as a head projects them. */
  public static ExactIndex of(ProjectionHead head, List<float[]> trunks, int[] documents) {
    return new ExactIndex(trunks.parallelStream().map(head::vector).toList(), documents);
  }

  /** The products of a query with every passage. */
  public double[] products(double[] query) {
    double[] products = new double[vectors.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = Dense.dot(query, vectors[i]);
    }
    return products;
  }

  /**
   * Rank of the first accepted document, from 1, where a document stands at its best passage.
   * Documents of an equal score count as before it: a head that makes all vectors equal must not
   * look good.
   *
   * @param accepted numbers of documents that have a passage, at least one
   */
  public int rank(double[] query, int... accepted) {
    double[] best = new double[documentCount];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    double[] products = products(query);
    for (int i = 0; i < products.length; i++) {
      best[documents[i]] = Math.max(best[documents[i]], products[i]);
    }
    double gold = Double.NEGATIVE_INFINITY;
    for (int document : accepted) {
      gold = Math.max(gold, best[document]);
      best[document] = Double.NEGATIVE_INFINITY;
    }
    int rank = 1;
    for (double each : best) {
      rank += each == Double.NEGATIVE_INFINITY || each < gold ? 0 : 1; // NaN counts as before
    }
    return rank;
  }
}
