package io.realmstream.deploy.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.bench.faults.History.Sent;
import io.realmstream.deploy.bench.faults.Ledger.Outage;
import io.realmstream.deploy.bench.faults.Ledger.Received;
import io.realmstream.deploy.bench.faults.Ledger.Tally;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerRun;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final long MS = 1_000_000;

  private final Ledger ledger = new Ledger();

  @Test
  void questionWithoutAnAnswerAndDocumentThatWaitsAreCounted() {
    ask("1", 0);
    ask("2", 10 * MS);
    answer("1", 30 * MS);
    History history = new History(1);
    Sent first = history.create();
    Sent second = history.edit();
    ledger.edited(first);
    ledger.edited(second);
    ledger.answerable("fault-0", 1);
    assertThat(ledger.isQuiet()).isFalse();
    assertThat(ledger.tally()).isEqualTo(new Tally(2, 1, 0, 0, 1, 2, 1, 30));
    answer("2", 50 * MS);
    ledger.answerable("fault-0", 2);
    // an older one is told again
    ledger.answerable("fault-0", 1);
    assertThat(ledger.isQuiet()).isTrue();
    assertThat(ledger.tally()).isEqualTo(new Tally(2, 0, 0, 0, 2, 2, 0, 40));
  }

  @Test
  void questionThatTheBrokerMayNotHaveIsNotWaitedFor() {
    ledger.asked(query("1"), 0);
    assertThat(ledger.isQuiet()).isTrue();
    assertThat(ledger.questions()).isEmpty();
    answer("1", 20 * MS);
    ledger.acknowledged(query("1"));
    assertThat(ledger.tally()).isEqualTo(new Tally(1, 0, 0, 0, 1, 0, 0, 20));
  }

  @Test
  void repeatsAreCountedAndOthersAnswersAreNot() {
    ask("1", 0);
    answer("1", MS);
    answer("1", 9 * MS);
    answer("of somebody else", MS);
    assertThat(ledger.tally()).isEqualTo(new Tally(1, 0, 0, 1, 2, 0, 0, 1));
  }

  @Test
  void onlyQuestionsOfAfterTheFaultTellThatAnswersAreBack() {
    ask("before", 5);
    ask("after", 15);
    answer("before", 20);
    assertThat(ledger.firstAnswer(10)).isEmpty();
    answer("after", 90);
    assertThat(ledger.firstAnswer(10)).hasValue(90);
  }

  @Test
  void outageIsFromTheFirstWhoWaitedTooLongToTheLastAnswerOfOne() {
    ask("quick", 0);
    answer("quick", MS);
    ask("slow", 10 * MS);
    answer("slow", 90 * MS);
    ask("slower", 20 * MS);
    answer("slower", 80 * MS);
    Duration patience = Duration.ofMillis(50);
    assertThat(ledger.outage(15 * MS, patience)).hasValue(new Outage(.045, .075));
    assertThat(ledger.outage(15 * MS, Duration.ofMillis(81))).isEmpty();
    assertThat(ledger.outage(95 * MS, patience)).as("answered before").isEmpty();
  }

  @Test
  void overloadIsCountedAndIsNoSignThatAnswersAreBack() {
    ask("1", 5);
    AnswerResult refused = AnswerResult.without(AnswerStatus.OVERLOADED, "", QueryKind.RETRIEVE);
    ledger.answered(new Received(new Answer("1", refused, AnswerRun.NONE), 5 + MS, 0));
    assertThat(ledger.tally()).isEqualTo(new Tally(1, 0, 1, 0, 0, 0, 0, 1));
    assertThat(ledger.firstAnswer(0)).isEmpty();
    answer("1", 70);
    assertThat(ledger.firstAnswer(0)).hasValue(70);
  }

  @Test
  void answersContradictIfTheyQuoteTheSameUnlike() {
    AnswerResult one = result("a");
    assertThat(Ledger.contradict(one, result("a"))).isFalse();
    assertThat(Ledger.contradict(one, result("b"))).isTrue();
  }

  @Test
  void anAnswerThatClaimsLessContradictsNothing() {
    AnswerResult less = claiming(false);
    assertThat(less).isNotEqualTo(claiming(true));
    assertThat(Ledger.contradict(less, claiming(true))).isFalse();
  }

  private void ask(String id, long nanos) {
    ledger.asked(query(id), nanos);
    ledger.acknowledged(query(id));
  }

  private void answer(String id, long nanos) {
    ledger.answered(new Received(new Answer(id, result("a"), AnswerRun.NONE), nanos, 0));
  }

  private static AnswerResult claiming(boolean complete) {
    AnswerResult made = result("a");
    Coverage coverage = new Coverage(true, 16, false, complete, false);
    return new AnswerResult(
        made.status(), null, made.mode(), made.read(), made.passages(), null, coverage);
  }

  private static AnswerResult result(String reason) {
    return AnswerResult.without(AnswerStatus.FAILED, reason, QueryKind.RETRIEVE);
  }

  private static Query query(String id) {
    return new Query(
        id, "how", QueryKind.RETRIEVE, QueryScope.ofPassages(2), null, QueryOptions.DEFAULT);
  }
}
