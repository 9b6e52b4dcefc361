package io.realmstream.model.measurement;

import io.realmstream.model.calibration.CalibrationFit;
import io.realmstream.model.calibration.ThresholdRule;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.marginal.Scaling;
import io.realmstream.model.marginal.ScoredQuestion;
import io.realmstream.model.measurement.PlainIndex.Question;
import io.realmstream.model.measurement.PlainIndex.Scored;
import io.realmstream.schemas.version.ConfidenceCurve;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.util.List;

/**
 * Calibrates the default checkpoint on a file of questions, and says what that is worth on others,
 * without index, Flink or Kafka: what {@code realm calibrate} fits is compared with what this
 * prints. From the root of the project, behind the first line of {@link OpenQaMeasurement}:
 *
 * <pre>
 * java -cp "model/target/test-classes:model/target/classes:schemas/target/classes:$(cat model/target/classpath)" \
 *   io.realmstream.model.measurement.CalibrationMeasurement DATA OUT TRAIN[=COUNT] QUESTIONS[=COUNT]...
 * </pre>
 *
 * With =COUNT that many questions are drawn at random with seed 1.
 */
public final class CalibrationMeasurement {
  private static final RetrieverCheckpoint CHECKPOINT = DefaultCheckpoints.e5();
  private static final Scaling START = new Scaling(CHECKPOINT.scoreScale(), 1);
  private static final int RANKS = 20;
  private static final int READ = Integer.getInteger("realm.measure.read", 5);
  private static final double KEEP = 0.95;

  private final PlainIndex index;

  private CalibrationMeasurement(PlainIndex index) {
    this.index = index;
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    try (PlainIndex index = new PlainIndex(CHECKPOINT, data, Path.of(arguments[1]))) {
      CalibrationMeasurement measurement = new CalibrationMeasurement(index);
      List<ScoredQuestion> fitted = measurement.read(PlainIndex.questions(data, arguments[2]));
      CalibrationFit.Result result = fit(fitted);
      ConfidenceCurve curve =
          new CalibrationFit(fitted, START, ThresholdRule.NONE, KEEP).confidence(START);
      System.out.println("without another scaling " + curve);
      for (String file : List.of(arguments).subList(3, arguments.length)) {
        List<ScoredQuestion> questions = measurement.read(PlainIndex.questions(data, file));
        System.out.println(file);
        System.out.println("  before " + CalibrationFit.measure(questions, START));
        System.out.println("  curve  " + CalibrationFit.measure(questions, START, curve));
        System.out.println("  scaled " + CalibrationFit.measure(questions, result.scaling()));
        System.out.println(
            "  after  " + CalibrationFit.measure(questions, result.scaling(), result.confidence()));
        for (ThresholdRule rule : ThresholdRule.values()) {
          var thresholds =
              new CalibrationFit(fitted, START, rule, KEEP).thresholds(result.scaling());
          System.out.printf(
              "  %s %s: %s%n",
              rule, thresholds, CalibrationFit.withheld(questions, result.scaling(), thresholds));
        }
      }
    }
  }

  private static CalibrationFit.Result fit(List<ScoredQuestion> questions) {
    long start = System.nanoTime();
    CalibrationFit.Result result =
        new CalibrationFit(questions, START, ThresholdRule.BOTH, KEEP).fit(1);
    System.out.printf("fitted in %.0f s%n", (System.nanoTime() - start) / 1e9);
    System.out.printf(
        "%s%n%s%n%s%nbefore %s%nafter %s%nheld out %s%n%s%n",
        result.scaling(),
        result.thresholds(),
        result.confidence(),
        result.before(),
        result.fitted(),
        result.heldOut(),
        result.withheld());
    return result;
  }

  private List<ScoredQuestion> read(List<Question> questions) throws Exception {
    return index.all(
        questions,
        question -> {
          List<Scored> best = index.best(question.text(), RANKS);
          return new ScoredQuestion(index.read(question.text(), best, READ, 1), question.answers());
        });
  }
}
