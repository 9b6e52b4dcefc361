package io.realmstream.model.learning;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * TowerHeads that learn from batches of examples. The same heads and the same batches in the same
 * order give the same numbers, bit for bit. For one thread.
 */
public final class Learner {
  private final TowerHeads heads;
  private final Map<LearnedPart, Adam> optimizers = new EnumMap<>(LearnedPart.class);
  private long steps;

  /**
   * @param heads changed in place
   * @param parts what is learned; the rest is frozen
   */
  public Learner(TowerHeads heads, Set<LearnedPart> parts) {
    this.heads = heads;
    for (LearnedPart part : parts) {
      optimizers.put(part, new Adam(heads.numbers(part).length));
    }
  }

  /** One that goes on. */
  Learner(TowerHeads heads, Map<LearnedPart, Adam> optimizers, long steps) {
    this.heads = heads;
    this.optimizers.putAll(optimizers);
    this.steps = steps;
  }

  /** What is learned, in the order of the parts. */
  Map<LearnedPart, Adam> optimizers() {
    return optimizers;
  }

  /** The heads as they are now. */
  public TowerHeads heads() {
    return heads;
  }

  /** Steps that were taken. */
  public long steps() {
    return steps;
  }

  /**
   * Takes a step, or refuses the batch and changes nothing.
   *
   * @param rate learning rate
   */
  public StepResult step(Batch batch, double rate) {
    MarginalGradient gradient = MarginalGradient.of(heads, batch, optimizers.keySet());
    int silent = batch.examples().size() - gradient.examples();
    if (gradient.examples() == 0) {
      return new StepResult(StepResult.Outcome.NO_ANSWER, 0, 0, silent);
    }
    if (!gradient.isFinite()) {
      return new StepResult(StepResult.Outcome.NOT_FINITE, 0, 0, silent);
    }
    steps++;
    optimizers.forEach(
        (part, optimizer) -> optimizer.step(heads.numbers(part), gradient.of(part), rate));
    return new StepResult(StepResult.Outcome.TAKEN, gradient.loss(), gradient.examples(), silent);
  }
}
