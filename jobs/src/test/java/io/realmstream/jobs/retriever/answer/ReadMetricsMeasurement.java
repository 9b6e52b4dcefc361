package io.realmstream.jobs.retriever.answer;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.RecordedMetrics;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerRun;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.query.QueryKind;
import java.util.List;

/**
 * Measures what an answer pays for being counted. From the root of the project:
 *
 * <pre>
 * mvn -q -pl deploy/cli -am test-compile
 * java -cp "jobs/target/test-classes:deploy/cli/target/lib/*" \
 *   io.realmstream.jobs.retriever.answer.ReadMetricsMeasurement
 * </pre>
 */
final class ReadMetricsMeasurement {
  private static final int ANSWERS = 5_000_000;

  private ReadMetricsMeasurement() {}

  public static void main(String[] arguments) {
    ReadMetrics numbers = new ReadMetrics(new OperatorMetrics(new RecordedMetrics()));
    Answer answer =
        new Answer(
            "q",
            new AnswerResult(
                AnswerStatus.ANSWERED,
                null,
                new AnswerMode(QueryKind.OPEN_QA, null, null),
                new ReadAnswers(null, List.of(), 0.5, 0.0),
                List.of(),
                null,
                new Coverage(false, 1, true, false, false)),
            AnswerRun.NONE);
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < ANSWERS; i++) {
        numbers.read(i);
        numbers.used(5, 0);
        numbers.answered(answer, i);
      }
      long nanos = System.nanoTime() - start;
      System.out.printf("%.0f ns an answer%n", (double) nanos / ANSWERS);
    }
  }
}
