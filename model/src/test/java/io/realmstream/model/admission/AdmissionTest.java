package io.realmstream.model.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.admission.Admission.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two threads, runs of 100 ms, unless a test says otherwise. */
class AdmissionTest {
  private static final long RUN_NANOS = 100_000_000;
  private static final int CLAIMS_MAX = 16;

  private final Admission admission = new Admission(2, CLAIMS_MAX);

  @Test
  void whileNothingIsKnownAllAreTakenOnUpToTheLimit() {
    for (int i = 0; i < CLAIMS_MAX; i++) {
      assertThat(admission.offer(new Claim(1_000, 1), 0)).isNull();
    }

    assertThat(admission.offer(new Claim(1, 1_000_000), 0)).contains("16 questions", "the most");
    assertThat(admission.waiting()).isEqualTo(16_000);
  }

  /** Ten runs and ten on two threads take a second, and a fifth of the time left is kept free. */
  @ParameterizedTest
  @ValueSource(longs = {1_249, 1_250})
  void questionIsTakenOnIfItsRunsAndThoseBeforeItFitIntoFourFifthsOfTheTimeLeft(long deadlineMs) {
    learn();
    admission.offer(new Claim(10, 1_000), 0);

    String refusal = admission.offer(new Claim(10, deadlineMs), 0);

    if (deadlineMs == 1_250) {
      assertThat(refusal).isNull();
    } else {
      assertThat(refusal).contains("1 others", "1.0 s", "1.2 s left");
      assertThat(admission.waiting()).isEqualTo(10);
    }
  }

  @Test
  void oddRunTakesAWholeTurnOfTheThreads() {
    learn();
    admission.offer(new Claim(1, 9_000), 0);

    assertThat(admission.offer(new Claim(2, 249), 0)).isNotNull();
    assertThat(admission.offer(new Claim(2, 250), 0)).isNull();
  }

  @Test
  void questionThatFindsTheThreadsIdleIsTakenOnWhateverTheEstimateSays() {
    learn();

    assertThat(admission.offer(new Claim(5, 100), 0)).isNull();
    assertThat(admission.hopeless(0)).isEmpty();
  }

  /** It goes last, and needs more than all of its time. */
  @Test
  void longQuestionBesideAnotherIsRefused() {
    learn();
    admission.offer(new Claim(5, 10_000), 0);

    assertThat(admission.offer(new Claim(1_000, 10_000), 0)).contains("50.3 s");
    assertThat(admission.offer(new Claim(1_000, 70_000), 0)).isNull();
  }

  @Test
  void nobodyIsTakenOnWhoWouldKeepALongerQuestionFromItsDeadline() {
    learn();
    admission.offer(new Claim(100, 5_150), 0); // done after 5 s, 150 ms before its deadline

    assertThat(admission.offer(new Claim(4, 10_000), 0)).contains("keep 1 others");
    assertThat(admission.offer(new Claim(2, 10_000), 0)).isNull();
  }

  /** It is late anyway: nobody has to stand back for it. */
  @Test
  void questionThatIsLateProtectsItselfNoMore() {
    learn();
    admission.offer(new Claim(100, 1_000), 0);

    assertThat(admission.offer(new Claim(4, 10_000), 0)).isNull();
  }

  @Test
  void fewestRunsLeftGoFirstThenTheEarlierDeadlineThenTheEarlierArrival() {
    Claim large = taken(new Claim(3, 10));
    Claim late = taken(new Claim(1, 30));
    Claim early = taken(new Claim(1, 20));
    Claim second = taken(new Claim(1, 30));

    assertThat(takeAll()).containsExactly(early, late, second, large, large, large);
  }

  @Test
  void whatIsHalfDoneIsFinishedFirst() {
    Claim first = taken(new Claim(2, 30));
    Turn begun = Objects.requireNonNull(admission.take());
    Claim second = taken(new Claim(2, 20));
    admission.ended(begun.claim(), RUN_NANOS);

    assertThat(takeAll()).containsExactly(first, second, second);
    assertThat(begun).isEqualTo(new Turn(first, 0));
  }

  /** It depends on what the run before it gives, unless that has ended. */
  @Test
  void runThatMayBeNeedlessWaitsForEveryOther() {
    Claim early = taken(new Claim(3, 10, true));
    Claim late = taken(new Claim(4, 100));
    Turn begun = Objects.requireNonNull(admission.take());
    assertThat(begun.claim()).isEqualTo(early);
    assertThat(Objects.requireNonNull(admission.take()).claim()).isEqualTo(late);
    admission.ended(early, RUN_NANOS);

    assertThat(takeAll()).containsExactly(early, late, late, late, early);
  }

  @Test
  void withdrawnClaimHasNoRunAnyMore() {
    Claim gone = taken(new Claim(5, 100));
    Claim other = taken(new Claim(6, 100));
    Turn running = Objects.requireNonNull(admission.take());

    assertThat(running.claim()).isEqualTo(gone);
    assertThat(admission.withdraw(gone)).isEqualTo(4);
    assertThat(admission.withdraw(gone)).isZero();
    assertThat(admission.waiting()).isEqualTo(6);
    admission.ended(gone, RUN_NANOS);
    assertThat(takeAll()).containsOnly(other);
  }

  @Test
  void claimIsGoneWhenItsLastRunHasEnded() {
    Claim claim = taken(new Claim(2, 100));
    takeAll();
    admission.ended(claim, RUN_NANOS);
    assertThat(claim.isDone()).isFalse();
    admission.ended(claim, RUN_NANOS);

    assertThat(claim.isDone()).isTrue();
    assertThat(admission.offer(new Claim(1, 1), 0)).isNull(); // idle again
  }

  @Test
  void claimThatCannotBeMetEvenAloneIsHopeless() {
    learn();
    admission.offer(new Claim(1, 10_000), 0);
    Claim claim = taken(new Claim(10, 1_000)); // needs 500 ms of both threads

    assertThat(admission.hopeless(500)).isEmpty();
    assertThat(admission.hopeless(501)).containsExactly(claim);
  }

  /** The first runs of a process are slow, and so are those beside something else. */
  @Test
  void questionTakenOnAloneIsHopelessOnlyByEightRunsOfItsOwn() {
    Claim claim = taken(new Claim(1_000, 10_000));
    for (int i = 0; i < 7; i++) {
      admission.take();
      admission.ended(claim, RUN_NANOS);
    }
    assertThat(admission.hopeless(700)).isEmpty();
    admission.take();
    admission.ended(claim, RUN_NANOS);

    assertThat(admission.hopeless(800)).containsExactly(claim);
  }

  @Test
  void lateClaimIsHopelessWhateverIsKnown() {
    Claim claim = taken(new Claim(1, 100));

    assertThat(admission.hopeless(100)).isEmpty();
    assertThat(admission.hopeless(101)).containsExactly(claim);
  }

  @Test
  void slowStartIsForgottenWithinTwentyRuns() {
    run(5_000_000_000L);
    assertThat(admission.expectedMs()).isEqualTo(5_000);
    for (int i = 0; i < 20; i++) {
      run(RUN_NANOS);
    }

    assertThat(admission.expectedMs()).isBetween(100.0, 500.0);
  }

  @Test
  void oneLongRunIsAPauseOfTheMachine() {
    learn();
    run(3_600_000_000_000L);

    assertThat(admission.expectedMs()).isBetween(100.0, 140.0);
  }

  /** Lone questions are always taken on, and bring the truth with them. */
  @Test
  void estimateRecoversThoughByItEverythingWouldBeRefused() {
    for (int i = 0; i < 20; i++) {
      run(60_000_000_000L);
    }
    long nowMs = 0;
    int refused = 0;
    String refusal;
    do {
      Claim lone = taken(new Claim(5, nowMs + 10_000));
      refusal = admission.offer(new Claim(5, nowMs + 10_000), nowMs);
      refused++;
      for (Turn turn = admission.take(); turn != null; turn = admission.take()) {
        admission.ended(turn.claim(), RUN_NANOS);
        nowMs += 50;
      }
      assertThat(lone.isDone()).isTrue();
    } while (refusal != null && refused < 100);

    assertThat(refused).isLessThan(15);
  }

  private void learn() {
    run(RUN_NANOS);
  }

  private void run(long nanos) {
    Claim claim = taken(new Claim(1, Long.MAX_VALUE));
    admission.take();
    admission.ended(claim, nanos);
  }

  private Claim taken(Claim claim) {
    assertThat(admission.offer(claim, 0)).isNull();
    return claim;
  }

  private List<Claim> takeAll() {
    List<Claim> order = new ArrayList<>();
    for (Turn turn = admission.take(); turn != null; turn = admission.take()) {
      order.add(turn.claim());
    }
    return order;
  }
}
