package io.realmstream.deploy.cli.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.learn.corpus.JudgedFile;
import io.realmstream.deploy.cli.learn.corpus.LearningData.Pair;
import io.realmstream.deploy.cli.learn.experiment.ArmRun.Judging;
import io.realmstream.deploy.cli.learn.experiment.ExperimentReport.ArmCurve;
import io.realmstream.deploy.cli.learn.experiment.ExperimentReport.Difference;
import io.realmstream.deploy.cli.learn.experiment.Training.Material;
import io.realmstream.model.learning.gate.Verdict;
import io.realmstream.model.learning.spectral.TrunkStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Passages at random; a query is its passage with some noise. */
class ExperimentTest {
  private static final int PASSAGES = 120;
  private static final int INPUTS = 24;
  private static final int STEPS = 60;

  private final Random random = new Random(4);
  private final List<float[]> passages = new ArrayList<>();
  private final List<Pair> pairs = new ArrayList<>();
  private final int[] documents = new int[PASSAGES];
  private final TrunkStatistics statistics = new TrunkStatistics(INPUTS);
  private JudgedFile file = new JudgedFile("", List.of(), List.of(), List.of());

  ExperimentTest() {
    List<float[]> questions = new ArrayList<>();
    List<int[]> accepted = new ArrayList<>();
    List<List<String>> groups = new ArrayList<>();
    for (int i = 0; i < PASSAGES; i++) {
      float[] passage = new float[INPUTS];
      for (int j = 0; j < INPUTS; j++) {
        passage[j] = (float) random.nextGaussian();
      }
      passages.add(passage);
      statistics.add(passage);
      documents[i] = i;
      pairs.add(new Pair(noisy(passage), new int[] {i}));
      questions.add(noisy(passage));
      accepted.add(new int[] {i});
      groups.add(i == 9 ? List.of("d9", "d0") : List.of("d" + i));
    }
    file = new JudgedFile("questions", questions, accepted, groups);
  }

  @Test
  void refreshedIndexLearnsMostAndOneThatIsNeverRefreshedLosesIt() {
    List<ArmCurve> curves = run(Set.of(), "frozen", "5", "never").curves();
    ArmCurve frozen = curve(curves, "frozen");
    ArmCurve refreshed = curve(curves, "5");
    ArmCurve never = curve(curves, "never");

    assertThat(at1(refreshed, 0)).isEqualTo(at1(frozen, 0)).isLessThan(0.1);
    assertThat(refreshed.end().recall().get(0).at1()).isGreaterThan(0.9);
    assertThat(at1(refreshed, 3)).isGreaterThan(at1(frozen, 3));
    assertThat(at1(never, 3)).isLessThan(at1(refreshed, 3));
    assertThat(never.end().recall()).as("refreshed at last").isEqualTo(refreshed.end().recall());
    assertThat(refreshed.points()).hasSize(4);
    assertThat(refreshed.end().step()).isEqualTo(STEPS);
  }

  @Test
  void differencesAreAgainstTheFrozenArm() {
    Experiment experiment = run(Set.of(), "frozen", "5");
    List<Difference> differences = experiment.differences();
    assertThat(differences).hasSize(4).allMatch(each -> each.arm().equals("5"));
    ArmCurve frozen = curve(experiment.curves(), "frozen");
    ArmCurve refreshed = curve(experiment.curves(), "5");
    assertThat(differences.get(0).at1().difference())
        .isCloseTo(at1(refreshed, 1) - at1(frozen, 1), within(1e-12));
    assertThat(run(Set.of(), "5").differences()).isEmpty();
  }

  @Test
  void gateSeesOnlyWhatWasNotLearnedFrom() {
    Set<String> learned = Set.of("d0", "d1", "d2");
    Verdict verdict = curve(run(learned, "5").curves(), "5").verdict();
    assertThat(verdict.questions()).as("without d0 to d2 and the ninth").isEqualTo(PASSAGES - 4);
    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.PUBLISHED);
  }

  @Test
  void equalSeedsGiveEqualCurves() {
    assertThat(curve(run(Set.of(), "5").curves(), "5").end().recall())
        .isEqualTo(curve(run(Set.of(), "frozen", "5").curves(), "5").end().recall());
  }

  private Experiment run(Set<String> learned, String... arms) {
    Experiment experiment =
        new Experiment(
            new Experiment.Settings(Start.COLD, 12, STEPS, 0.02, 20),
            new Material(pairs, passages, 40),
            new Judging(passages, documents, List.of(file), learned),
            statistics);
    experiment.run(Stream.of(arms).map(Arm::of).toList(), 1, new Silent());
    return experiment;
  }

  private float[] noisy(float[] passage) {
    float[] query = passage.clone();
    for (int j = 0; j < INPUTS; j++) {
      query[j] += (float) (0.3 * random.nextGaussian());
    }
    return query;
  }

  private static ArmCurve curve(List<ArmCurve> curves, String arm) {
    return curves.stream().filter(curve -> curve.arm().equals(arm)).findFirst().orElseThrow();
  }

  private static double at1(ArmCurve curve, int point) {
    return curve.points().get(point).recall().get(0).at1();
  }

  private static final class Silent implements Progress {
    @Override
    public void update(long done, long total) {}

    @Override
    public void message(String line) {}

    @Override
    public void close() {}
  }
}
