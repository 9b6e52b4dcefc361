package io.realmstream.jobs.retriever.assign;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.state.KeyedStateHarness;
import io.realmstream.model.index.partition.table.PartitionTable;
import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.serving.placement.AssignedShard;
import io.realmstream.model.serving.placement.CellUpdate;
import io.realmstream.model.serving.placement.PlacedPassages;
import io.realmstream.model.serving.placement.Sample;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import io.realmstream.schemas.vectors.ShardRound;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AssignStateTest {
  private static final int SHARD = 3;
  private static final int SAMPLE_MAX = 2;
  private static final Duration TTL = Duration.ofHours(1);
  private static final AssignSettings SETTINGS =
      new AssignSettings(KeyedStateHarness.SHARDS, Duration.ofSeconds(10), TTL, SAMPLE_MAX);

  private final List<CellUpdate> updates = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private KeyedStateHarness harness;
  private AssignedShard shard;

  @BeforeEach
  void open() throws Exception {
    harness = new KeyedStateHarness();
    take();
  }

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void passageIsDeletedAfterTheDelayThatIsSetAndAfterARestore() throws Exception {
    publish("a", 1, Outcome.ADDED);
    publish("a", 2, Outcome.DELETED);
    restore();
    long dueMs = settle();
    assertThat(dueMs).isBetween(10_000L, 11_000L);
    assertThat(shard.deleteDue(SHARD, dueMs - 1)).isZero();
    assertThat(shard.deleteDue(SHARD, dueMs)).isEqualTo(1);
    assertThat(updates).last().returns(CellUpdate.Kind.DELETE, CellUpdate::kind);
  }

  @Test
  void deletionIsRememberedForItsTimeToLiveAndALiveDocumentForGood() throws Exception {
    publish("live", 5, Outcome.ADDED);
    publish("gone", 5, Outcome.DELETED);
    harness.time(TTL.toMillis() - 1);
    assertThat(publish("gone", 4, Outcome.ADDED).repeated()).isTrue();
    harness.time(10 * TTL.toMillis());
    assertThat(publish("gone", 4, Outcome.ADDED).repeated()).isFalse();
    assertThat(publish("live", 4, Outcome.ADDED).repeated()).isTrue();
  }

  @Test
  void passageThatIsKnownIsNotSentAgainByARepublicationAfterARestoreEither() throws Exception {
    publish("a", 1, Outcome.ADDED);
    restore();
    assertThat(shard.accept(record("a", 1, Outcome.ADDED), true).inserted()).isZero();
    assertThat(shard.accept(record("b", 1, Outcome.ADDED), true).inserted()).isEqualTo(1);
  }

  @Test
  void shardThatOutgrowsTheSampleTellsOfAPartOfItsPassages() {
    for (int i = 0; i < 20 * SAMPLE_MAX; i++) {
      publish("a" + i, 1, Outcome.ADDED);
    }
    assertThat(samples.subList(0, SAMPLE_MAX))
        .extracting(sample -> sample.census().level())
        .containsOnly(0);
    assertThat(samples).hasSizeLessThan(10 * SAMPLE_MAX);
  }

  @Test
  void nothingIsLeftOfAVersionThatHadItsTimeButThatItHad() throws Exception {
    publish("live", 1, Outcome.ADDED);
    publish("gone", 1, Outcome.ADDED);
    publish("gone", 2, Outcome.DELETED);
    assertThat(harness.entries()).isGreaterThan(5);

    shard.retire(SHARD, EndedIndexes.only(1));
    restore();
    walk();
    // what is kept of the end
    assertThat(harness.entries()).isEqualTo(1);
    assertThat(publish("late", 1, Outcome.ADDED).repeated()).isTrue();
  }

  @Test
  void documentThatARepublicationHasNotNamedIsDeleted() throws Exception {
    publish("named", 1, Outcome.ADDED);
    publish("lost", 1, Outcome.ADDED);
    shard.round(new ShardRound(SHARD, 7, false, List.of(), List.of()));
    shard.accept(record("named", 1, Outcome.ADDED), true);
    restore();
    shard.round(new ShardRound(SHARD, 7, true, List.of(1), List.of(1)));
    walk();
    assertThat(shard.deleteDue(SHARD, settle())).isEqualTo(1);
    assertThat(updates).last().returns(uid("lost"), CellUpdate::uid);
  }

  @Test
  void oneShardSeesNothingOfAnother() {
    publish("a", 5, Outcome.ADDED);
    harness.shard(SHARD + 1);
    assertThat(publish("a", 4, Outcome.ADDED).repeated()).isFalse();
  }

  private void restore() throws Exception {
    harness.restore();
    take();
  }

  private void take() {
    shard =
        AssignState.shard(
            harness.context(),
            SETTINGS,
            new PlacedPassages.Cells(
                KeyedStateHarness.SHARDS.sharding(), new PartitionTable(), updates::add),
            samples::add);
    harness.shard(SHARD);
  }

  /** Answers see all that came; returns when what was removed is to be deleted, in ms. */
  private long settle() {
    BeatPosition beat = new BeatPosition(1, 1);
    shard.hear(SHARD, beat);
    return shard.settle(SHARD, beat, 0);
  }

  private void walk() {
    while (shard.walk(SHARD).more()) {
      assertThat(updates).isNotEmpty();
    }
  }

  private AssignedShard.Accepted publish(String id, long revision, Outcome outcome) {
    return shard.accept(record(id, revision, outcome), false);
  }

  /** A document of one passage. */
  private static PassageVectors record(String id, long revision, Outcome outcome) {
    boolean gone = outcome == Outcome.DELETED;
    Hash128 uid = uid(id);
    return new PassageVectors(
        id,
        SHARD,
        1,
        new DocumentRevision(
            revision,
            DocumentRevision.NO_EDIT,
            outcome,
            "",
            new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        RecordPart.WHOLE,
        gone ? List.of() : List.of(new ManifestEntry(uid, 0, 1)),
        gone ? List.of() : List.of(new PassageInsert(uid, uid, "text", new float[] {1})));
  }

  private static Hash128 uid(String id) {
    return Hash128.ofTexts(id);
  }
}
