package io.realmstream.deploy.bench.faults;

import io.realmstream.deploy.bench.faults.Alerts.Alerted;
import io.realmstream.deploy.bench.faults.Ledger.Outage;
import io.realmstream.deploy.bench.faults.Ledger.Tally;
import io.realmstream.deploy.bench.faults.Witness.Rates;
import io.realmstream.deploy.processes.ClusterProcess;
import io.realmstream.deploy.processes.Role;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Strikes a cluster under questions and edits, and says what became of each of them. */
final class FaultsBench implements AutoCloseable {
  private static final long SEED = 1;
  private static final Duration ALERT_PATIENCE = Duration.ofMinutes(25);

  /** Who waits longer for an answer has noticed that something is wrong. */
  private static final Duration USERS_PATIENCE = Duration.ofSeconds(5);

  /** Flink's REST interface tells a metric so long after it changed. */
  private static final Duration METRICS_PATIENCE = Duration.ofSeconds(60);

  private static final List<Integer> PARALLELISMS = List.of(1, 2, 4);

  private final FaultyCluster cluster;
  private final Calm calm;
  private final @Nullable Alerts alerts;
  private final History history = new History(SEED);
  private final Random random = new Random(SEED);
  private final PlainScores scores;
  private final Oracle oracle;
  private final Witness witness;
  private final Waiting waiting;
  private RetrieverCheckpoint checkpoint;
  private int checkpoints;
  private int rescalings;

  /**
   * Times of a round.
   *
   * @param traffic how long it goes on before a fault and after it
   * @param hang how long a process hangs, unless an alert is waited for
   */
  record Calm(Duration traffic, Duration hang) {}

  /**
   * What one fault did.
   *
   * @param rebuild whether a new checkpoint was being built
   * @param outage null = nobody had to wait long
   * @param alert null = none was waited for
   * @param tally when nothing was waited for any more
   * @param ageP99Ms 99 of 100 answers were of an index that lacked edits of this time at most
   * @param wrong what should not be: each in a line
   */
  record Outcome(
      Fault fault,
      boolean rebuild,
      @Nullable Outage outage,
      @Nullable Alerted alert,
      Tally tally,
      double ageP99Ms,
      List<String> wrong) {
    Outcome {
      wrong = List.copyOf(wrong);
    }

    /** Seconds until nobody had to wait long any more; 0 = nobody had to. */
    double secondsToRecover() {
      return outage == null ? 0 : outage.recovered();
    }

    /** Whether all that was promised was kept. */
    boolean isRight() {
      return tally.unanswered() == 0 && tally.waiting() == 0 && wrong.isEmpty();
    }
  }

  /**
   * @param alerts null = nobody looks at alerts
   */
  FaultsBench(FaultyCluster cluster, Rates rates, Calm calm, @Nullable Alerts alerts)
      throws IOException {
    this.cluster = cluster;
    this.calm = calm;
    this.alerts = alerts;
    scores = new PlainScores(cluster.directory().resolve("judge"));
    oracle = new Oracle(history, new PlainJudge(history, scores));
    witness = Witness.open(cluster.connection(), rates, history);
    waiting = new Waiting(witness, history);
    checkpoint = publish();
  }

  /** Loads so many documents; returns when checkpoints have them. */
  void load(int documents) throws IOException, InterruptedException {
    waiting.require(() -> witness.isSettled(checkpoint), "the first checkpoint in force");
    Ledger ledger = witness.quietly();
    for (int i = 0; i < documents; i++) {
      witness.edit(history.create());
    }
    waiting.require(
        () -> ledger.tally().edits() == documents && ledger.isQuiet(), "all documents answerable");
    cluster.jobs().awaitCheckpoints();
  }

  /**
   * One round: traffic, the fault, and traffic until all of it is answered.
   *
   * @param rebuild whether a new checkpoint is published before
   */
  Outcome run(Fault fault, boolean rebuild) throws IOException, InterruptedException {
    Ledger ledger = witness.begin();
    if (rebuild) {
      checkpoint = publish();
      waiting.require(() -> witness.isKnown(checkpoint), "a version of the new checkpoint");
    }
    Thread.sleep(calm.traffic().toMillis());
    long struck = System.nanoTime();
    Strike strike = strike(fault);
    String alert = alerts == null ? null : fault.alert();
    if (alerts != null && alert != null) {
      alerts.awaitFiring(alert, struck, ALERT_PATIENCE);
    }
    mend(fault, strike);
    Thread.sleep(calm.traffic().toMillis());
    List<String> wrong = finish(ledger, strike.poison());
    Alerted alerted =
        alerts == null || alert == null ? null : alerts.awaitCleared(alert, struck, ALERT_PATIENCE);
    Outage outage = ledger.outage(struck, USERS_PATIENCE).orElse(null);
    return new Outcome(fault, rebuild, outage, alerted, ledger.tally(), ledger.ageP99Ms(), wrong);
  }

  /** Traffic for so long, a TaskManager killed every so often, a rebuild in the middle. */
  Outcome soak(Duration length, Duration interval, Sizes sizes)
      throws IOException, InterruptedException {
    Ledger ledger = witness.begin();
    long begun = System.nanoTime();
    long killed = begun;
    boolean rebuilt = false;
    while (System.nanoTime() - begun < length.toNanos()) {
      witness.requireAlive();
      sizes.sample(cluster);
      Thread.sleep(Sizes.INTERVAL.toMillis());
      if (!rebuilt && System.nanoTime() - begun > length.toNanos() / 2) {
        checkpoint = publish();
        rebuilt = true;
      }
      if (System.nanoTime() - killed > interval.toNanos()) {
        killed = System.nanoTime();
        cluster.kill(cluster.of(Role.TASKMANAGER).subList(0, 1));
        cluster.start();
      }
    }
    List<String> wrong = finish(ledger, List.of());
    Outage outage = ledger.outage(begun, USERS_PATIENCE).orElse(null);
    return new Outcome(
        Fault.KILL_TASKMANAGER, true, outage, null, ledger.tally(), ledger.ageP99Ms(), wrong);
  }

  /**
   * What was struck.
   *
   * @param victims processes that must go on or start again
   * @param poison what must become dead letters
   */
  private record Strike(List<ClusterProcess> victims, List<String> poison) {
    static Strike at(List<ClusterProcess> victims) {
      return new Strike(victims, List.of());
    }
  }

  private Strike strike(Fault fault) throws IOException, InterruptedException {
    switch (fault) {
      case KILL_TASKMANAGER -> {
        return kill(cluster.of(Role.TASKMANAGER).subList(0, 1));
      }
      case KILL_TWO_TASKMANAGERS -> {
        return kill(cluster.of(Role.TASKMANAGER).subList(0, 2));
      }
      case HANG_TASKMANAGER -> {
        List<ClusterProcess> victims = cluster.of(Role.TASKMANAGER).subList(0, 1);
        cluster.stop(victims.get(0));
        if (alerts == null) {
          Thread.sleep(calm.hang().toMillis());
        }
        return Strike.at(victims);
      }
      case KILL_JOBMANAGER -> {
        return kill(cluster.of(Role.JOBMANAGER).subList(0, 1));
      }
      case KILL_BROKER -> {
        return kill(cluster.of(Role.BROKER));
      }
      case POISON -> {
        return new Strike(List.of(), Poison.send(cluster.connection(), random));
      }
      case RESCALE -> {
        cluster.rescale(PARALLELISMS.get(rescalings++ % PARALLELISMS.size()));
        return Strike.at(List.of());
      }
    }
    throw new IllegalStateException(fault.name());
  }

  private Strike kill(List<ClusterProcess> victims) throws InterruptedException {
    cluster.kill(victims);
    return Strike.at(victims);
  }

  /** Returns when all of it runs and questions are answered again. */
  private void mend(Fault fault, Strike strike) throws IOException, InterruptedException {
    if (fault == Fault.HANG_TASKMANAGER) {
      cluster.resume(strike.victims().get(0));
    }
    if (!cluster.recoversAlone(strike.victims())) {
      cluster.start();
    }
    long mended = System.nanoTime();
    Ledger ledger = witness.ledger();
    waiting.require(() -> ledger.firstAnswer(mended).isPresent(), "an answer after " + fault);
    waiting.require(() -> cluster.jobs().isRunning(), "every task running after " + fault);
    cluster.start();
  }

  /** Waits until nothing is open; returns what is wrong. */
  private List<String> finish(Ledger ledger, List<String> poison)
      throws IOException, InterruptedException {
    witness.rest();
    boolean quiet =
        waiting.await(
            () ->
                ledger.isQuiet()
                    && witness.isSettled(checkpoint)
                    && poison.stream().allMatch(witness::isRefused),
            waiting.patience());
    List<String> wrong = new ArrayList<>();
    poison.stream()
        .filter(place -> !witness.isRefused(place))
        .forEach(place -> wrong.add("no dead letter of " + place));
    wrong.addAll(oracle.judge(ledger));
    if (quiet) {
      atRest(ledger.editedIds(), wrong);
    } else {
      wrong.add("not at rest after %s, so nothing is listed".formatted(waiting.patience()));
    }
    return wrong;
  }

  private void atRest(Set<String> edited, List<String> wrong)
      throws IOException, InterruptedException {
    Ledger ledger = witness.quietly();
    oracle.ask(witness, edited);
    if (!waiting.await(ledger::isAnswered, waiting.patience())) {
      wrong.add("not every question at rest is answered: " + ledger.tally());
    }
    wrong.addAll(oracle.judgeAtRest(ledger));
    int version = witness.version();
    if (!waiting.await(
        () -> cluster.jobs().passages(version) == history.live(), METRICS_PATIENCE)) {
      wrong.add(
          "the index has %d passages, not %d"
              .formatted(cluster.jobs().passages(version), history.live()));
    }
  }

  private RetrieverCheckpoint publish() throws IOException {
    Path models = cluster.models();
    RetrieverCheckpoint next = TinyCheckpoint.write(models, checkpoints++);
    scores.add(next);
    witness.publish(next);
    return next;
  }

  @Override
  public void close() {
    witness.close();
    scores.close();
  }
}
