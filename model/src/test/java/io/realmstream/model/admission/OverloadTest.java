package io.realmstream.model.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.admission.OverloadSimulation.Load;
import io.realmstream.model.admission.OverloadSimulation.Outcome;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two minutes of more questions than two threads can answer, on a clock of its own. */
class OverloadTest {
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

  @ParameterizedTest
  @CsvSource({"1.5,1", "3,2", "10,3"})
  void overloadedThreadsAnswerNineTenthsOfWhatTheyCanAndRefuseTheRest(double factor, long seed) {
    Outcome outcome =
        new OverloadSimulation(seed).run(new Load(factor, TWO_MINUTES, 5, Duration.ofSeconds(10)));

    assertThat(outcome.answered()).isGreaterThanOrEqualTo((int) (0.9 * outcome.possible()));
    assertThat(outcome.answered() + outcome.refused() + outcome.late()).isEqualTo(outcome.sent());
    assertThat(outcome.late()).isLessThanOrEqualTo(outcome.sent() / 100);
    assertThat(outcome.loneAfterMs()).isLessThan(500); // three turns of 60 to 140 ms
  }

  /** Of questions with a second's patience fewer may wait, and no fewer are answered. */
  @ParameterizedTest
  @ValueSource(doubles = {1.5, 3, 10})
  void impatientQuestionsAreAnsweredAsOften(double factor) {
    Outcome outcome =
        new OverloadSimulation(4).run(new Load(factor, TWO_MINUTES, 5, Duration.ofSeconds(1)));

    assertThat(outcome.answered()).isGreaterThanOrEqualTo((int) (0.9 * outcome.possible()));
    assertThat(outcome.late()).isLessThanOrEqualTo(outcome.sent() / 20);
  }

  /** Below capacity nobody is refused. */
  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7})
  void nobodyIsRefusedAtSevenTenthsOfCapacity(long seed) {
    Outcome outcome =
        new OverloadSimulation(seed).run(new Load(0.7, TWO_MINUTES, 5, Duration.ofSeconds(10)));

    assertThat(outcome.answered()).isEqualTo(outcome.sent());
  }

  /** The first run of each thread takes five seconds, as that of a cold process may. */
  @ParameterizedTest
  @ValueSource(longs = {8, 9})
  void coldStartCostsSecondsNotMinutes(long seed) {
    OverloadSimulation simulation = new OverloadSimulation(seed);
    simulation.nextRunsTakeMs(5_000, 2);
    Outcome outcome = simulation.run(new Load(1.5, TWO_MINUTES, 5, Duration.ofSeconds(10)));

    assertThat(outcome.answered()).isGreaterThanOrEqualTo((int) (0.85 * outcome.possible()));
  }
}
