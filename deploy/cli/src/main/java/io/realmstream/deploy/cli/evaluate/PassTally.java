package io.realmstream.deploy.cli.evaluate;

import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Asked;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Pass;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Shortfalls;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.IndexVersion;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts how one pass over the questions went. */
final class PassTally {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MS = 1e6;

  private final Map<AnswerStatus, Integer> statuses = new EnumMap<>(AnswerStatus.class);
  private final Set<IndexVersion> versions = new LinkedHashSet<>();
  private final Latencies latencies = new Latencies();
  private int silent;
  private int read;
  private long passagesRead;
  private int answers;
  private int approximate;
  private int partial;
  private int incomplete;

  /**
   * @param answer null = none came
   */
  void add(@Nullable Answer answer, Duration roundTrip) {
    if (answer == null) {
      silent++;
      return;
    }
    answers++;
    AnswerResult result = answer.result();
    statuses.merge(result.status(), 1, Integer::sum);
    IndexVersion version = result.version();
    if (version != null) {
      versions.add(version);
      approximate += result.coverage().exact() ? 0 : 1;
      partial += result.coverage().partial() ? 1 : 0;
      incomplete += result.coverage().complete() ? 0 : 1;
    }
    if (result.read().noAnswerMass() != null) {
      read++;
      passagesRead += result.passages().stream().filter(Evidence::wasRead).count();
    }
    latencies.add("roundTrip", roundTrip.toNanos() / NANOS_PER_MS);
    answer.run().stagesMs().forEach(latencies::add);
  }

  /** Versions that answered, in the order of their first answers. */
  Set<IndexVersion> versions() {
    return versions;
  }

  /**
   * @param took the whole pass
   */
  Pass finish(Asked asked, Duration took) {
    return new Pass(
        asked,
        answers / Math.max(took.toNanos() / NANOS_PER_SECOND, 1e-9),
        silent,
        statuses,
        new Shortfalls(approximate, partial, incomplete),
        read == 0 ? null : (double) passagesRead / read,
        latencies.percentiles());
  }
}
