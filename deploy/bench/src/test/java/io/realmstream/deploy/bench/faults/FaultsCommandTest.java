package io.realmstream.deploy.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.bench.faults.FaultsBench.Outcome;
import io.realmstream.deploy.bench.faults.Ledger.Outage;
import io.realmstream.deploy.bench.faults.Ledger.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsCommandTest {
  private static final Tally GOOD = new Tally(9, 0, 0, 3, 0, 4, 0, 100);

  @Test
  void outcomeIsRightIfNothingIsLostOrWrong() {
    assertThat(outcome(1, GOOD).isRight()).isTrue();
    assertThat(outcome(1, new Tally(9, 1, 0, 3, 0, 4, 0, 100)).isRight()).isFalse();
    assertThat(outcome(1, new Tally(9, 0, 0, 3, 0, 4, 1, 100)).isRight()).isFalse();
    assertThat(new Outcome(Fault.POISON, false, null, null, GOOD, 0, List.of("it")).isRight())
        .isFalse();
  }

  @Test
  void summaryHasMedianAndWorst() {
    List<Outcome> outcomes = List.of(outcome(3, GOOD), outcome(7.25, GOOD), outcome(5, GOOD));
    assertThat(FaultsCommand.summary(Fault.KILL_BROKER, outcomes))
        .isEqualTo("KILL_BROKER           recovered after 5.0 s (median), 7.3 s (worst of 3)");
  }

  private static Outcome outcome(double seconds, Tally tally) {
    Outage outage = new Outage(1, seconds);
    return new Outcome(Fault.KILL_BROKER, false, outage, null, tally, 0, List.of());
  }
}
