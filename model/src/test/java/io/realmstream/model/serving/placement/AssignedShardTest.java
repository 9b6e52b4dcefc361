package io.realmstream.model.serving.placement;

import static io.realmstream.model.serving.Edits.SHARD;
import static io.realmstream.model.serving.Edits.change;
import static io.realmstream.model.serving.Edits.delete;
import static io.realmstream.model.serving.Edits.document;
import static io.realmstream.model.serving.Edits.uids;
import static io.realmstream.model.serving.Edits.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.serving.placement.CellUpdate.Kind;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardRound;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssignedShardTest {
  private static final long RUN = 7;

  private final Placement placement = new Placement();
  private final AssignedShard shard = placement.shard();
  private long beats;

  @Test
  void newPassagesGoAtOnceAndRemovedOnesAWhileAfterAnswersSeeThat() {
    assertThat(accept(upsert("a", 1, 1, 2)).inserted()).isEqualTo(2);
    accept(change("a", 2, new int[0], 1));
    assertThat(shard.deleteDue(SHARD, 1_000_000))
        .as("the first revision may still be seen")
        .isZero();
    placement.takeUpdates();
    assertThat(settle(200)).isEqualTo(2_000);
    assertThat(shard.deleteDue(SHARD, 1_999)).isZero();
    assertThat(shard.deleteDue(SHARD, 2_000)).isEqualTo(1);
    CellUpdate update = placement.takeUpdates().get(0);
    assertThat(update.kind()).isEqualTo(Kind.DELETE);
    assertThat(update.uid()).isEqualTo(uids(2).get(0));
    assertThat(update.change().revision()).isEqualTo(2);
  }

  @Test
  void anEditBehindTheBeatWaitsForTheNext() {
    accept(upsert("a", 1, 1, 2));
    hear();
    accept(change("a", 2, new int[0], 1));
    assertThat(shard.settle(SHARD, new BeatPosition(RUN, beats), 0)).isZero();
    assertThat(shard.deleteDue(SHARD, 1_000_000)).isZero();
    assertThat(settle(200)).isEqualTo(2_000);
    assertThat(shard.deleteDue(SHARD, 2_000)).isEqualTo(1);
  }

  @Test
  void aPassageThatComesBackInTheMeantimeStays() {
    accept(upsert("a", 1, 1, 2));
    accept(change("a", 2, new int[0], 1));
    settle(0);
    accept(upsert("a", 3, 1, 2));
    assertThat(shard.deleteDue(SHARD, 10_000)).isZero();
  }

  @Test
  void aRestoredRemovalWaitsForAWordOfTheNewRun() {
    hear();
    accept(upsert("a", 1, 1, 2));
    accept(change("a", 2, new int[0], 1));
    settle(0);
    AssignedShard restored = placement.shard();
    assertThat(restored.deleteDue(SHARD, 1_000_000)).isZero();
    assertThat(restored.settle(SHARD, new BeatPosition(RUN, 99), 0)).isZero();
    restored.hear(SHARD, new BeatPosition(RUN + 1, 1));
    assertThat(restored.settle(SHARD, new BeatPosition(RUN + 1, 1), 0)).isEqualTo(2_000);
    assertThat(restored.deleteDue(SHARD, 2_000)).isEqualTo(1);
  }

  @Test
  void aRemovalGoesWithItsVersion() {
    accept(upsert("a", 1, 1, 2));
    accept(change("a", 2, new int[0], 1));
    settle(0);
    shard.retire(SHARD, EndedIndexes.only(1));
    placement.takeUpdates();
    assertThat(shard.deleteDue(SHARD, 2_000)).isZero();
    assertThat(placement.takeUpdates()).isEmpty();
    walk();
    assertThat(placement.tables.pendingDeletes().isEmpty()).isTrue();
  }

  @Test
  void anEarlierEditIsRepeated() {
    accept(upsert("a", 2, 1));
    placement.takeUpdates();
    assertThat(accept(upsert("a", 1, 2)).repeated()).isTrue();
    assertThat(placement.takeUpdates()).isEmpty();
    accept(delete("a", 3));
    assertThat(accept(upsert("a", 2, 2)).repeated()).as("behind a tombstone").isTrue();
  }

  @Test
  void whatIsPublishedOnceMoreIsNotSentOnceMore() {
    PassageVectors record = upsert("a", 1, 1);
    accept(record);
    assertThat(shard.accept(record, true).inserted()).isZero();
    assertThat(shard.accept(record, false).inserted()).isEqualTo(1);
  }

  @Test
  void aVersionThatEndedIsToldOnceAndForgotten() {
    accept(upsert("a", 1, 1));
    placement.takeUpdates();
    shard.retire(SHARD, EndedIndexes.only(1));
    assertThat(placement.takeUpdates())
        .extracting(CellUpdate::kind)
        .containsExactly(Kind.RETIRE, Kind.DROP);
    shard.retire(SHARD, EndedIndexes.only(1));
    assertThat(placement.takeUpdates()).isEmpty();
    assertThat(accept(upsert("a", 2, 1)).repeated()).isTrue();
    walk();
    assertThat(placement.tables.documents().isEmpty()).isTrue();
    assertThat(placement.placed.passages().isEmpty()).isTrue();
  }

  @Test
  void whatARepublicationDoesNotNameIsRemoved() {
    accept(upsert("a", 1, 1));
    accept(upsert("b", 1, 2));
    shard.round(new ShardRound(SHARD, 7, false, List.of(), List.of()));
    shard.accept(upsert("a", 1, 1), true);
    shard.round(new ShardRound(SHARD, 7, true, List.of(1), List.of()));
    walk();
    assertThat(placement.tables.documents().contains(document("a"))).isTrue();
    assertThat(placement.tables.documents().contains(document("b"))).isFalse();
    assertThat(shard.deleteDue(SHARD, 1_000_000)).isZero();
    assertThat(settle(0)).isEqualTo(2_000);
    assertThat(shard.deleteDue(SHARD, 2_000)).isEqualTo(1);
  }

  private AssignedShard.Accepted accept(PassageVectors record) {
    return shard.accept(record, false);
  }

  private void hear() {
    shard.hear(SHARD, new BeatPosition(RUN, ++beats));
  }

  /** Hears a heartbeat, and that all in front of it is settled; returns when something is due. */
  private long settle(long nowMs) {
    hear();
    return shard.settle(SHARD, new BeatPosition(RUN, beats), nowMs);
  }

  /** Walks until there is nothing left. */
  private void walk() {
    boolean more = true;
    while (more) {
      more = shard.walk(SHARD).more();
    }
  }
}
