package io.realmstream.deploy.bench.refresh;

import io.realmstream.deploy.bench.refresh.Traffic.Times;
import io.realmstream.deploy.cli.evaluate.Samples;
import io.realmstream.schemas.query.QueryKind;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What the same traffic met for a while: in turns, questions of one kind and edits, then those of
 * the other kind and edits, then edits all at once.
 */
final class Window {
  final Samples retrieve = new Samples();
  final Samples openQa = new Samples();
  final Samples edits = new Samples();
  final Samples burstsPerSecond = new Samples();

  /**
   * How the turns are taken.
   *
   * @param length of each with questions
   * @param burst edits at once
   */
  record Turns(Duration length, int burst) {}

  /** One turn of each, while it is not over. */
  void add(Traffic traffic, Turns turns, BooleanSupplier over) {
    add(traffic.run(QueryKind.RETRIEVE, turns.length(), over), retrieve);
    add(traffic.run(QueryKind.OPEN_QA, turns.length(), over), openQa);
    if (!over.getAsBoolean()) {
      double perSecond = traffic.burst(turns.burst());
      if (!over.getAsBoolean()) {
        burstsPerSecond.add(perSecond);
      }
    }
  }

  private void add(Times times, Samples answers) {
    answers.addAll(times.answers);
    edits.addAll(times.edits);
  }
}
