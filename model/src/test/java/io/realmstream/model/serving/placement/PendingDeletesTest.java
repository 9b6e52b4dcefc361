package io.realmstream.model.serving.placement;

import static io.realmstream.model.serving.Edits.SHARD;
import static io.realmstream.model.serving.Edits.passage;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.state.HeapTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingDeletesTest {
  private static final long RUN = 7;
  private static final long OTHER_RUN = 8;
  private static final long DELAY_MS = 1_500;
  private static final long NEVER = 0;

  private final HeapTable<VersionedPassage, PendingDelete> table = HeapTable.byText();
  private PendingDeletes deletes = new PendingDeletes(table, DELAY_MS);

  @Test
  void withoutAWordNothingIsDue() {
    hear(RUN, 1);
    remove(1);
    assertThat(due(1_000_000)).isEmpty();
  }

  @Test
  void theWordOfALaterBeatBeginsTheDelayAndTheTimeIsAWholeSecond() {
    hear(RUN, 1);
    remove(1);
    hear(RUN, 2);
    assertThat(settle(RUN, 2, 200)).isEqualTo(2_000);
    assertThat(due(1_999)).isEmpty();
    assertThat(due(2_000)).containsExactly(passage(1));
    assertThat(table.isEmpty()).isTrue();
  }

  @Test
  void theWordOfTheBeatInFrontSaysNothing() {
    hear(RUN, 1);
    hear(RUN, 2);
    remove(1);
    hear(RUN, 3);
    assertThat(settle(RUN, 1, 200)).isEqualTo(NEVER);
    assertThat(settle(RUN, 2, 200)).isEqualTo(NEVER);
    assertThat(due(1_000_000)).isEmpty();
  }

  @Test
  void aWordThatNothingWaitsForSetsNoTimer() {
    hear(RUN, 1);
    assertThat(settle(RUN, 1, 200)).isEqualTo(NEVER);
    remove(1);
    hear(RUN, 2);
    assertThat(settle(RUN, 2, 200)).isEqualTo(2_000);
    hear(RUN, 3);
    assertThat(settle(RUN, 3, 1_200)).as("it waits for the word before").isEqualTo(NEVER);
  }

  @Test
  void eachRemovalWaitsForItsOwnWord() {
    hear(RUN, 1);
    remove(1);
    hear(RUN, 2);
    remove(2);
    assertThat(settle(RUN, 2, 0)).isEqualTo(2_000);
    hear(RUN, 3);
    assertThat(settle(RUN, 3, 5_000)).isEqualTo(7_000);
    assertThat(due(2_000)).containsExactly(passage(1));
    assertThat(due(6_999)).isEmpty();
    assertThat(due(7_000)).containsExactly(passage(2));
  }

  @Test
  void timeThatPassesTwoWordsTakesWhatBothCover() {
    hear(RUN, 1);
    remove(1);
    hear(RUN, 2);
    remove(2);
    settle(RUN, 2, 0);
    settle(RUN, 3, 1_000);
    assertThat(due(10_000)).containsExactlyInAnyOrder(passage(1), passage(2));
  }

  @Test
  void aWordOfAnotherRunSaysNothing() {
    assertThat(settle(RUN, 5, 0)).as("before any beat").isEqualTo(NEVER);
    hear(RUN, 1);
    remove(1);
    assertThat(settle(OTHER_RUN, 9, 0)).isEqualTo(NEVER);
    assertThat(due(1_000_000)).isEmpty();
  }

  @Test
  void whatWasRemovedBeforeTheFirstBeatIsCoveredByIt() {
    remove(1);
    hear(RUN, 1);
    assertThat(settle(RUN, 1, 0)).isEqualTo(2_000);
    assertThat(due(2_000)).containsExactly(passage(1));
  }

  @Test
  void aRestoreForgetsWordsAndAnyWordOfTheNewRunCoversWhatIsRestored() {
    hear(RUN, 41);
    remove(1);
    hear(RUN, 42);
    settle(RUN, 42, 0);
    deletes = new PendingDeletes(table, DELAY_MS);
    assertThat(due(1_000_000)).as("it may not be so here").isEmpty();
    assertThat(settle(RUN, 43, 0)).as("on its way before the restore").isEqualTo(NEVER);
    hear(OTHER_RUN, 1);
    assertThat(settle(RUN, 43, 0)).isEqualTo(NEVER);
    assertThat(settle(OTHER_RUN, 1, 0)).isEqualTo(2_000);
    assertThat(due(2_000)).containsExactly(passage(1));
  }

  @Test
  void aWordCoversNothingThatIsNotedBehindTheBeatsOfAnotherRun() {
    hear(RUN, 1);
    remove(1);
    hear(RUN, 2);
    settle(RUN, 2, 0);
    hear(OTHER_RUN, 1);
    remove(2);
    assertThat(due(1_000_000)).isEmpty();
    hear(OTHER_RUN, 2);
    settle(OTHER_RUN, 2, 0);
    assertThat(due(1_000_000)).containsExactlyInAnyOrder(passage(1), passage(2));
  }

  @Test
  void whatComesBackStaysAndGoesWithItsNextRemovalOnly() {
    hear(RUN, 1);
    remove(1);
    hear(RUN, 2);
    settle(RUN, 2, 0);
    deletes.keep(passage(1));
    remove(1);
    assertThat(due(2_000)).isEmpty();
    hear(RUN, 3);
    settle(RUN, 3, 3_000);
    assertThat(due(5_000)).containsExactly(passage(1));
  }

  private void hear(long run, long number) {
    deletes.hear(SHARD, new BeatPosition(run, number));
  }

  private void remove(int number) {
    deletes.add(SHARD, passage(number), 2, "a");
  }

  /** Returns when something is due; {@link #NEVER} = nothing is. */
  private long settle(long run, long number, long nowMs) {
    long dueMs = deletes.settle(SHARD, new BeatPosition(run, number), nowMs);
    return dueMs > nowMs ? dueMs : NEVER;
  }

  private List<VersionedPassage> due(long timestamp) {
    return new ArrayList<>(deletes.takeDue(SHARD, timestamp).keySet());
  }
}
