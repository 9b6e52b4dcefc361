package io.realmstream.jobs.learner.learn;

import io.realmstream.model.learning.HeadFile;
import io.realmstream.model.learning.Learner;
import io.realmstream.model.learning.LearnerBytes;
import io.realmstream.model.learning.TowerHeads;
import io.realmstream.model.learning.feedback.AskedQuestion;
import io.realmstream.model.learning.gate.Verdict;
import io.realmstream.model.learning.live.Examination;
import io.realmstream.model.learning.live.LearnedProjection;
import io.realmstream.model.learning.live.LivePassage;
import io.realmstream.model.learning.live.Pass;
import io.realmstream.model.learning.live.Projection;
import io.realmstream.model.version.CheckpointCandidate;
import io.realmstream.schemas.learning.LearningJudgement;
import io.realmstream.schemas.learning.LearningOutcome;
import io.realmstream.schemas.learning.LearningProgress;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pass and its examination. Equal inputs give equal outcomes, so a restore that repeats a pass
 * changes nothing.
 *
 * @param learned before the pass
 * @param passages that are live
 * @param asked feedback
 * @param checkpoint in force
 */
record PassWork(
    Learned learned,
    List<LivePassage> passages,
    List<AskedQuestion> asked,
    RetrieverCheckpoint checkpoint) {

  /**
   * What a pass led to.
   *
   * @param learner after it
   * @param candidate null = refused
   */
  record Outcome(
      LearnedLine line,
      byte[] learner,
      LearningOutcome outcome,
      LearningProgress progress,
      LearningJudgement judgement,
      @Nullable Candidate candidate) {}

  /** Learns and examines; takes seconds. */
  Outcome run(LearnedLine line, Projection inForce, LearnSettings settings) {
    Learner learner =
        learned.learner().length == 0
            ? Pass.coldStart(passages, settings.dimension(), line.seed())
            : LearnerBytes.read(learned.learner());
    long number = learned.plan().passes() + 1;
    Pass pass = new Pass(passages, number);
    pass.run(learner);
    Projection after = new LearnedProjection(learner.heads());
    Examination examination = new Examination(passages, asked);
    Verdict verdict = examination.judge(inForce, after);
    LearningProgress progress =
        new LearningProgress(
            number, learner.steps(), passages.size(), Pass.sentences(passages), pass.loss());
    LearningJudgement judgement = Judgements.of(verdict, examination.feedbackQuestions());
    Candidate candidate = null;
    if (verdict.outcome() == Verdict.Outcome.PUBLISHED) {
      candidate =
          candidate(learner.heads(), examination.scoreScale(after), settings)
              .judged(progress, judgement);
    }
    return new Outcome(
        line, LearnerBytes.of(learner), outcome(verdict), progress, judgement, candidate);
  }

  private Heads candidate(TowerHeads heads, double scale, LearnSettings settings) {
    HeadFolder folder = new HeadFolder(settings.directory());
    byte[] query = HeadFile.of(heads.query());
    byte[] document = HeadFile.of(heads.document());
    RetrieverCheckpoint next =
        checkpoint
            .with(
                headed(checkpoint.documentTower(), folder.part(document)),
                headed(checkpoint.queryTower(), folder.part(query)),
                scale)
            .asTrial();
    return new Heads(checkpoint, next, query, document);
  }

  /** Learned heads with their manifest. */
  private record Heads(
      RetrieverCheckpoint inForce, RetrieverCheckpoint next, byte[] query, byte[] document) {
    Candidate judged(LearningProgress progress, LearningJudgement judgement) {
      return new Candidate(
          next, query, document, CheckpointCandidate.digest(inForce), progress, judgement, false);
    }
  }

  /** Learned vectors have length 1. */
  private static EncoderTower headed(EncoderTower tower, Part head) {
    return new EncoderTower(
        tower.trunk(),
        tower.tokenizer(),
        head,
        tower.pooling(),
        true,
        tower.prefix(),
        tower.title(),
        tower.tokensMax());
  }

  private static LearningOutcome outcome(Verdict verdict) {
    return switch (verdict.outcome()) {
      case PUBLISHED -> LearningOutcome.PASSED;
      case TOO_FEW -> LearningOutcome.TOO_FEW;
      case NO_GAIN -> LearningOutcome.NO_GAIN;
      case HARM -> LearningOutcome.HARM;
    };
  }
}
