package io.realmstream.model.serving.placement;

import static io.realmstream.model.serving.Edits.SHARD;
import static io.realmstream.model.serving.Edits.change;
import static io.realmstream.model.serving.Edits.delete;
import static io.realmstream.model.serving.Edits.document;
import static io.realmstream.model.serving.Edits.uids;
import static io.realmstream.model.serving.Edits.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.serving.placement.CellUpdate.Kind;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardRound;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssignedShardTest {
  private final Placement placement = new Placement();
  private final AssignedShard shard = placement.shard();

  @Test
  void newPassagesGoAtOnceAndRemovedOnesAtAWholeSecondBehindTheDelay() {
    assertThat(accept(upsert("a", 1, 1, 2), 0).inserted()).isEqualTo(2);
    assertThat(accept(change("a", 2, new int[0], 1), 200).dueMs()).isEqualTo(2_000);
    assertThat(shard.deleteDue(SHARD, 1_999)).isZero();
    placement.takeUpdates();
    assertThat(shard.deleteDue(SHARD, 2_000)).isEqualTo(1);
    CellUpdate update = placement.takeUpdates().get(0);
    assertThat(update.kind()).isEqualTo(Kind.DELETE);
    assertThat(update.uid()).isEqualTo(uids(2).get(0));
    assertThat(update.change().revision()).isEqualTo(2);
  }

  @Test
  void aPassageThatComesBackInTheMeantimeStays() {
    accept(upsert("a", 1, 1, 2), 0);
    accept(change("a", 2, new int[0], 1), 0);
    accept(upsert("a", 3, 1, 2), 10);
    assertThat(shard.deleteDue(SHARD, 10_000)).isZero();
  }

  @Test
  void anEarlierEditIsRepeated() {
    accept(upsert("a", 2, 1), 0);
    placement.takeUpdates();
    assertThat(accept(upsert("a", 1, 2), 0).repeated()).isTrue();
    assertThat(placement.takeUpdates()).isEmpty();
    accept(delete("a", 3), 0);
    assertThat(accept(upsert("a", 2, 2), 0).repeated()).as("behind a tombstone").isTrue();
  }

  @Test
  void whatIsPublishedOnceMoreIsNotSentOnceMore() {
    PassageVectors record = upsert("a", 1, 1);
    accept(record, 0);
    assertThat(shard.accept(record, true, 0).inserted()).isZero();
    assertThat(shard.accept(record, false, 0).inserted()).isEqualTo(1);
  }

  @Test
  void aVersionThatEndedIsToldOnceAndForgotten() {
    accept(upsert("a", 1, 1), 0);
    placement.takeUpdates();
    shard.retire(SHARD, EndedIndexes.only(1));
    assertThat(placement.takeUpdates())
        .extracting(CellUpdate::kind)
        .containsExactly(Kind.RETIRE, Kind.DROP);
    shard.retire(SHARD, EndedIndexes.only(1));
    assertThat(placement.takeUpdates()).isEmpty();
    assertThat(accept(upsert("a", 2, 1), 0).repeated()).isTrue();
    walk();
    assertThat(placement.tables.documents().isEmpty()).isTrue();
    assertThat(placement.placed.passages().isEmpty()).isTrue();
  }

  @Test
  void whatARepublicationDoesNotNameIsRemoved() {
    accept(upsert("a", 1, 1), 0);
    accept(upsert("b", 1, 2), 0);
    shard.round(new ShardRound(SHARD, 7, false, List.of(), List.of()));
    shard.accept(upsert("a", 1, 1), true, 0);
    shard.round(new ShardRound(SHARD, 7, true, List.of(1), List.of()));
    assertThat(walk()).as("when the delete is due").isEqualTo(2_000);
    assertThat(placement.tables.documents().contains(document("a"))).isTrue();
    assertThat(placement.tables.documents().contains(document("b"))).isFalse();
    assertThat(shard.deleteDue(SHARD, 2_000)).isEqualTo(1);
  }

  private AssignedShard.Accepted accept(PassageVectors record, long nowMs) {
    return shard.accept(record, false, nowMs);
  }

  /** Walks until there is nothing left; returns when something is due. */
  private long walk() {
    long dueMs = 0;
    boolean more = true;
    while (more) {
      AssignedShard.Walked slice = shard.walk(SHARD, 0);
      dueMs = Math.max(dueMs, slice.dueMs());
      more = slice.more();
    }
    return dueMs;
  }
}
