package io.realmstream.jobs.learner.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.learning.LearnerBytes;
import io.realmstream.model.learning.live.LearnedProjection;
import io.realmstream.model.learning.live.LivePassage;
import io.realmstream.model.learning.live.Projection;
import io.realmstream.model.learning.live.SentenceOutputs;
import io.realmstream.model.version.CheckpointCandidate;
import io.realmstream.model.version.RefreshPlan;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.learning.LearningOutcome;
import io.realmstream.schemas.learning.RecallChange;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassWorkTest {
  private static final int INPUTS = 32;
  private static final RetrieverCheckpoint COLD = LearnHarness.COLD;
  private static final LearnedLine LINE = LearnedLine.of(COLD);
  private static final LearnSettings SETTINGS =
      new LearnSettings(8, LearnHarness.FOLDER.toString(), 16, 1, 1_000, 100, 0, true);

  /** All vectors are equal. */
  private static final Projection BLIND =
      new Projection() {
        @Override
        public double[] query(float[] trunk) {
          return new double[] {1};
        }

        @Override
        public double[] document(float[] trunk) {
          return new double[] {1};
        }
      };

  private final List<LivePassage> passages = passages();

  @Test
  void whatPassesIsAProjectionOnlyCheckpointWithItsFiles() {
    PassWork.Outcome outcome = begun().run(LINE, BLIND, SETTINGS);

    assertThat(outcome.outcome()).isEqualTo(LearningOutcome.PASSED);
    assertThat(outcome.progress().pass()).isEqualTo(1);
    assertThat(outcome.progress().steps()).isEqualTo(128);
    assertThat(outcome.progress().passages()).isEqualTo(400);
    Candidate candidate = Objects.requireNonNull(outcome.candidate());
    RetrieverCheckpoint next = candidate.checkpoint();
    assertThat(RefreshPlan.between(COLD, next)).isEqualTo(RefreshPlan.PROJECTION_ONLY);
    assertThat(next.reader()).isEqualTo(COLD.reader());
    assertThat(next.scoreScale()).isBetween(1.0, 1_000.0);
    assertThat(candidate.inForce()).isEqualTo(CheckpointCandidate.digest(COLD));
    assertThat(candidate.sent()).isFalse();
    HeadFolder folder = new HeadFolder(SETTINGS.directory());
    assertThat(next.documentTower().projection()).isEqualTo(folder.part(candidate.documentHead()));
    assertThat(next.queryTower().projection()).isEqualTo(folder.part(candidate.queryHead()));
    assertThat(candidate.id())
        .isEqualTo(COLD.retriever() + " 128 " + CheckpointCandidate.digest(next));
  }

  /** Against what was learned for long, another pass from the cold start is nothing. */
  @Test
  void whatGainsNothingIsRefusedWithItsFigures() {
    Learned learned = Learned.begin(LINE);
    for (int pass = 0; pass < 6; pass++) {
      byte[] next =
          new PassWork(learned, passages, List.of(), COLD).run(LINE, BLIND, SETTINGS).learner();
      learned = learned.behindPass(next, learned.plan());
    }
    Projection better = new LearnedProjection(LearnerBytes.read(learned.learner()).heads());
    PassWork.Outcome refused = begun().run(LINE, better, SETTINGS);

    assertThat(refused.outcome()).isEqualTo(LearningOutcome.NO_GAIN);
    assertThat(refused.candidate()).isNull();
    RecallChange first = Objects.requireNonNull(refused.judgement().first());
    assertThat(first.after()).isLessThan(first.before());
    assertThat(first.upper()).isNegative();
  }

  @Test
  void equalInputsGiveEqualOutcomes() {
    PassWork.Outcome one = begun().run(LINE, BLIND, SETTINGS);
    PassWork.Outcome other = begun().run(LINE, BLIND, SETTINGS);
    assertThat(other).usingRecursiveComparison().isEqualTo(one);
  }

  @Test
  void aFewDocumentsAreNoJudges() {
    List<LivePassage> teaching = passages.stream().filter(each -> !each.isHeldOut()).toList();
    PassWork.Outcome outcome =
        new PassWork(Learned.begin(LINE), teaching, List.of(), COLD).run(LINE, BLIND, SETTINGS);
    assertThat(outcome.outcome()).isEqualTo(LearningOutcome.TOO_FEW);
    assertThat(outcome.judgement().first()).isNull();
    assertThat(outcome.candidate()).isNull();
    assertThat(outcome.learner()).isNotEmpty();
  }

  private PassWork begun() {
    return new PassWork(Learned.begin(LINE), passages, List.of(), COLD);
  }

  private static List<LivePassage> passages() {
    Random random = new Random(2);
    List<LivePassage> passages = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      float[] trunk = new float[INPUTS];
      float[] sentences = new float[2 * INPUTS];
      for (int j = 0; j < INPUTS; j++) {
        trunk[j] = (float) random.nextGaussian();
        sentences[INPUTS - 1 - j] = trunk[j] + 0.1f * (float) random.nextGaussian();
        sentences[2 * INPUTS - 1 - j] = trunk[j] + 0.1f * (float) random.nextGaussian();
      }
      SentenceOutputs outputs = new SentenceOutputs(LINE.queryTrunk(), 2, sentences);
      String document = "document " + i;
      passages.add(
          new LivePassage(Hash128.ofTexts(document), i % 8, document, document, trunk, outputs));
    }
    return passages;
  }
}
