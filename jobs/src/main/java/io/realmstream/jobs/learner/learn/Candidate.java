package io.realmstream.jobs.learner.learn;

import io.realmstream.model.version.CheckpointCandidate;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.learning.LearningJudgement;
import io.realmstream.schemas.learning.LearningProgress;
import io.realmstream.schemas.version.RetrieverCheckpoint;

/**
 * State: a learned checkpoint that has passed the gate.
 *
 * @param queryHead the file of the query tower's head
 * @param documentHead the file of the document tower's head
 * @param inForce digest of the checkpoint that it was compared with
 * @param sent whether it went to the topic
 */
public record Candidate(
    RetrieverCheckpoint checkpoint,
    byte[] queryHead,
    byte[] documentHead,
    Hash128 inForce,
    LearningProgress progress,
    LearningJudgement judgement,
    boolean sent) {

  /** Names it: retriever, steps and digest. */
  String id() {
    return "%s %d %s"
        .formatted(
            checkpoint.retriever(), progress.steps(), CheckpointCandidate.digest(checkpoint));
  }

  Candidate asSent() {
    return new Candidate(checkpoint, queryHead, documentHead, inForce, progress, judgement, true);
  }
}
