package io.realmstream.model.learning;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The gradient of {@code L = -log sum_z p(z|x) p(y|z,x)}, the mean over a batch, by hand.
 *
 * <pre>
 * f_z        = scale * (q . e_z),  p(z|x) = softmax of f over the candidates
 * r(z)       = p(z|x,y) - p(z|x)          posterior - prior, as in REALM's appendix
 * dL/dq      = -scale * sum_z r(z) e_z
 * dL/de_z    = -scale * r(z) q
 * dL/d log scale = -sum_z r(z) f_z
 * </pre>
 *
 * A {@link ProjectionHead} leads these on to its weights. Of an accepted passage the posterior is
 * 1, so the softmax loss of supervised examples is this same formula.
 */
final class MarginalGradient {
  private final TowerHeads heads;
  private final Map<LearnedPart, double[]> gradients = new EnumMap<>(LearnedPart.class);
  private double loss;
  private int examples;

  private MarginalGradient(TowerHeads heads, Set<LearnedPart> parts) {
    this.heads = heads;
    for (LearnedPart part : parts) {
      gradients.put(part, new double[heads.numbers(part).length]);
    }
  }

  /**
   * Computes it.
   *
   * @param parts what is learned; the rest costs nothing
   */
  static MarginalGradient of(TowerHeads heads, Batch batch, Set<LearnedPart> parts) {
    MarginalGradient gradient = new MarginalGradient(heads, parts);
    gradient.add(batch);
    return gradient;
  }

  /** Mean loss in nats of the examples that count; 0 if none does. */
  double loss() {
    return loss;
  }

  /** How many examples count. One counts if a candidate makes its answer possible. */
  int examples() {
    return examples;
  }

  /** The gradient of a part that is learned. */
  double[] of(LearnedPart part) {
    return gradients.getOrDefault(part, new double[0]);
  }

  boolean isFinite() {
    return Double.isFinite(loss) && gradients.values().stream().allMatch(Dense::isFinite);
  }

  private void add(Batch batch) {
    List<Example> answerable = batch.examples().stream().filter(Example::isAnswerable).toList();
    examples = answerable.size();
    List<Projected> documents = new ArrayList<>();
    double[][] byDocument = new double[batch.documents().size()][heads.document().dimension()];
    for (float[] document : batch.documents()) {
      documents.add(heads.document().project(document));
    }
    for (Example example : answerable) {
      add(example, documents, byDocument);
    }
    double[] toWeights = of(LearnedPart.DOCUMENT);
    for (int i = 0; i < byDocument.length && toWeights.length > 0; i++) {
      documents.get(i).addGradient(byDocument[i], toWeights);
    }
  }

  private void add(Example example, List<Projected> documents, double[][] byDocument) {
    Projected query = heads.query().project(example.query());
    int[] candidates = example.candidates();
    double[] scores = new double[candidates.length];
    double scale = heads.scale();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = scale * Dense.dot(query.vector(), documents.get(candidates[i]).vector());
    }
    Posterior posterior = Posterior.of(scores, example.logLikelihoods());
    double share = 1.0 / examples;
    loss -= share * posterior.logMarginal();
    double[] byQuery = new double[query.vector().length];
    double byLogScale = 0;
    for (int i = 0; i < scores.length; i++) {
      double r = share * posterior.excess()[i];
      Dense.add(-scale * r, documents.get(candidates[i]).vector(), byQuery);
      Dense.add(-scale * r, query.vector(), byDocument[candidates[i]]);
      byLogScale -= r * scores[i];
    }
    if (gradients.containsKey(LearnedPart.QUERY)) {
      query.addGradient(byQuery, of(LearnedPart.QUERY));
    }
    if (gradients.containsKey(LearnedPart.SCALE)) {
      of(LearnedPart.SCALE)[0] += byLogScale;
    }
  }
}
