package io.realmstream.jobs.learner.learn;

import io.realmstream.model.learning.live.PassPlan;
import org.jspecify.annotations.Nullable;

/**
 * State: how far learning has come.
 *
 * @param line null = no version is in force yet
 * @param learner as {@code LearnerBytes} has it; empty = before the first pass
 * @param candidate null = nothing is to be published
 */
public record Learned(
    @Nullable LearnedLine line, byte[] learner, PassPlan plan, @Nullable Candidate candidate) {
  static final Learned NOTHING = new Learned(null, new byte[0], PassPlan.NONE, null);

  /** A line from its cold start. */
  static Learned begin(LearnedLine line) {
    return new Learned(line, new byte[0], PassPlan.NONE, null);
  }

  Learned withPlan(PassPlan next) {
    return new Learned(line, learner, next, candidate);
  }

  Learned withCandidate(@Nullable Candidate next) {
    return new Learned(line, learner, plan, next);
  }

  /** Behind a pass that began with that plan. */
  Learned behindPass(byte[] next, PassPlan before) {
    return new Learned(line, next, plan.behind(before), candidate);
  }
}
