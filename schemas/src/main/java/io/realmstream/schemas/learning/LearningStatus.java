package io.realmstream.schemas.learning;

import io.realmstream.schemas.Limits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a pass of learning led to, or a look back at a version. It never holds a text, so nothing in
 * it ever has to be forgotten.
 *
 * @param retriever name of the line of checkpoints; the topic's key
 * @param checkpoint id of the learned one: retriever, steps and digest; null = none is to be
 *     published
 * @param version that came into force and was compared with the one before; null = a pass was
 *     judged
 * @param at when it was said
 */
public record LearningStatus(
    String retriever,
    LearningOutcome outcome,
    LearningProgress progress,
    LearningJudgement judgement,
    @Nullable String checkpoint,
    @Nullable Integer version,
    Instant at) {

  /** Refuses a retriever without a name. */
  public LearningStatus {
    Limits.checkId("retriever", retriever);
  }
}
