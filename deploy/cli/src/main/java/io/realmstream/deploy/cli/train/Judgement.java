package io.realmstream.deploy.cli.train;

import io.realmstream.deploy.cli.learn.corpus.CorpusOptions;
import io.realmstream.deploy.cli.learn.corpus.JudgedFile;
import io.realmstream.deploy.cli.learn.corpus.LearningData;
import io.realmstream.deploy.cli.learn.corpus.OpenCheckpoint;
import io.realmstream.deploy.cli.train.TrainReport.FileChange;
import io.realmstream.model.learning.gate.Gate;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.util.ArrayList;
import java.util.List;

/** Compares a checkpoint that was trained with the one before, by exact ranks. */
record Judgement(Side before, Side after) {
  private static final long SEED = 1;

  /**
   * A checkpoint with the corpus and the same questions in its vectors.
   *
   * @param files of questions on documents that the trained one did not learn from
   */
  record Side(RetrieverCheckpoint checkpoint, LearningData data, List<JudgedFile> files) {}

  /** The figures and the gate's decision. */
  TrainReport report(
      CorpusOptions options, TrainReport.Setting setting, TrainReport.Course course) {
    try (OpenCheckpoint inForce = new OpenCheckpoint(options, before.checkpoint(), before.data());
        OpenCheckpoint trained = new OpenCheckpoint(options, after.checkpoint(), after.data())) {
      List<Gate.Asked> asked = new ArrayList<>();
      List<FileChange> changes = new ArrayList<>();
      for (int i = 0; i < before.files().size(); i++) {
        JudgedFile file = after.files().get(i);
        int[] start = inForce.ranks(before.files().get(i));
        int[] frozen = trained.ranks(file, inForce);
        int[] refreshed = trained.ranks(file);
        asked.add(new Gate.Asked(file.name(), file.compared(start, refreshed)));
        changes.add(
            FileChange.of(
                file.name(),
                file.compared(start, frozen),
                file.compared(start, refreshed),
                file.compared(frozen, refreshed)));
      }
      return new TrainReport(
          setting, course, trained.scoreScale(after.files()), changes, Gate.judge(asked, SEED));
    }
  }
}
