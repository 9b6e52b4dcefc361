package io.realmstream.deploy.bench.faults;

import io.realmstream.deploy.bench.faults.History.View;
import io.realmstream.deploy.bench.faults.Ledger.Question;
import io.realmstream.deploy.bench.faults.Ledger.Received;
import io.realmstream.deploy.bench.faults.Ledger.Tally;
import io.realmstream.deploy.bench.faults.Witness.Rates;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.processes.Role;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.query.QueryScope;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Strikes a cluster under questions and edits, and says what became of each of them. */
final class FaultsBench implements AutoCloseable {
  /** The checkpoint that the cluster has, a small one. */
  static final String MODEL = "minilm";

  private static final long SEED = 1;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  /** Questions at the end that list every passage with its score. */
  private static final int LISTINGS = 20;

  private final FaultyCluster cluster;
  private final Duration calm;
  private final Duration hang;
  private final History history = new History(SEED);
  private final Random random = new Random(SEED);
  private final PlainScores scores;
  private final PlainJudge judge;
  private final Witness witness;

  /**
   * What one fault did.
   *
   * @param secondsToAnswer from the fault to the first answer to a question that was asked after it
   * @param tally when nothing was waited for any more
   * @param wrong what should not be: each in a line
   */
  record Outcome(Fault fault, double secondsToAnswer, Tally tally, List<String> wrong) {
    Outcome {
      wrong = List.copyOf(wrong);
    }

    /** Whether all that was promised was kept. */
    boolean isRight() {
      return tally.unanswered() == 0 && tally.waiting() == 0 && wrong.isEmpty();
    }
  }

  /**
   * @param calm how long traffic goes on before a fault and after it
   * @param hang how long a process hangs
   */
  FaultsBench(FaultyCluster cluster, Rates rates, Duration calm, Duration hang) throws IOException {
    this.cluster = cluster;
    this.calm = calm;
    this.hang = hang;
    scores = new PlainScores(DefaultCheckpoints.named(MODEL), cluster.directory().resolve("judge"));
    judge = new PlainJudge(history, scores::score);
    witness = Witness.open(cluster.connection(), rates, history);
  }

  /** Loads so many documents; returns when checkpoints have them. */
  void load(int documents) throws IOException, InterruptedException {
    Ledger ledger = witness.quietly();
    for (int i = 0; i < documents; i++) {
      witness.edit(history.create());
    }
    if (!await(() -> ledger.tally().edits() == documents && ledger.isQuiet())) {
      throw CommandFailure.timedOut("not answerable within " + PATIENCE + ": the first documents");
    }
    cluster.awaitCheckpoints();
  }

  /** One round: traffic, the fault, and traffic until all of it is answered. */
  Outcome run(Fault fault) throws IOException, InterruptedException {
    Ledger ledger = witness.begin();
    Thread.sleep(calm.toMillis());
    long struck = System.nanoTime();
    List<String> poison = strike(fault);
    if (!await(() -> ledger.firstAnswer(struck).isPresent())) {
      throw CommandFailure.timedOut("no answer within %s after %s".formatted(PATIENCE, fault));
    }
    double seconds = (ledger.firstAnswer(struck).orElseThrow() - struck) / 1e9;
    cluster.start();
    Thread.sleep(calm.toMillis());
    witness.rest();
    await(() -> ledger.isQuiet() && poison.stream().allMatch(witness::isRefused));
    List<String> wrong = new ArrayList<>();
    poison.stream()
        .filter(place -> !witness.isRefused(place))
        .forEach(place -> wrong.add("no dead letter of " + place));
    ledger.questions().forEach(question -> judge(question, wrong));
    if (ledger.isQuiet()) {
      list(wrong);
    } else {
      wrong.add("not at rest after %s, so nothing is listed".formatted(PATIENCE));
    }
    return new Outcome(fault, seconds, ledger.tally(), wrong);
  }

  /** Does it; returns what must become dead letters. */
  private List<String> strike(Fault fault) throws IOException, InterruptedException {
    switch (fault) {
      case KILL_TASKMANAGER -> cluster.kill(cluster.of(Role.TASKMANAGER).subList(0, 1));
      case KILL_TWO_TASKMANAGERS -> {
        cluster.kill(cluster.of(Role.TASKMANAGER).subList(0, 2));
        cluster.start();
      }
      case HANG_TASKMANAGER -> cluster.hang(cluster.of(Role.TASKMANAGER).get(0), hang);
      case KILL_JOBMANAGER -> {
        cluster.kill(cluster.of(Role.JOBMANAGER));
        cluster.start();
      }
      case KILL_BROKER -> {
        cluster.kill(cluster.of(Role.BROKER));
        cluster.start();
      }
      case POISON -> {
        return Poison.send(cluster.connection(), random);
      }
    }
    return List.of();
  }

  private void judge(Question question, List<String> wrong) {
    for (Received each : question.answers()) {
      String id = each.answer().id();
      View view = View.of(each.answer(), each.editsSent());
      String fault = judge.fault(question.query(), each.answer(), view);
      if (fault != null) {
        wrong.add(id + ": " + fault);
      }
      AnswerResult first = question.answers().get(0).answer().result();
      if (Ledger.contradict(first, each.answer().result())) {
        wrong.add(id + ": a repetition differs");
      }
    }
  }

  /** At rest every document must be listed as it is, and nothing else. */
  private void list(List<String> wrong) throws InterruptedException {
    Ledger ledger = witness.quietly();
    for (int i = 0; i < LISTINGS; i++) {
      witness.ask(QueryScope.K_MAX);
    }
    if (!await(() -> ledger.questions().size() == LISTINGS && ledger.isQuiet())) {
      wrong.add("not every listing is answered: " + ledger.tally());
    }
    for (Question question : ledger.questions()) {
      for (Received each : question.answers()) {
        AnswerResult result = each.answer().result();
        String fault = judge.fault(question.query(), each.answer(), history.settled());
        if (fault != null) {
          wrong.add("listing %s: %s".formatted(each.answer().id(), fault));
        } else if (!result.coverage().exact()
            || result.status() != AnswerStatus.ANSWERED
            || !result.coverage().complete()) {
          wrong.add(
              "listing %s: %s %s"
                  .formatted(each.answer().id(), result.status(), result.coverage()));
        }
      }
    }
  }

  private boolean await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      witness.requireAlive();
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(POLL_INTERVAL.toMillis());
    }
    return true;
  }

  @Override
  public void close() {
    witness.close();
    scores.close();
  }
}
