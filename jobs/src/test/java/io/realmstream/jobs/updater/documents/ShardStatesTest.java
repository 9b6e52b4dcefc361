package io.realmstream.jobs.updater.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.state.KeyedStateHarness;
import io.realmstream.model.document.DocumentInVersion;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.updating.AcceptedDebt;
import io.realmstream.model.updating.Republication;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.WalkPhase;
import io.realmstream.model.updating.reuse.ReuseLimits;
import io.realmstream.model.updating.reuse.TrunkOutputs.Gain;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.vectors.ShardPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShardStatesTest {
  private static final VersionTable VERSIONS = DocumentsHarness.table();
  private static final DocumentInVersion A = new DocumentInVersion("a", 1);
  private static final Hash128 ONE = Hash128.ofTexts("one");
  private static final Hash128 TWO = Hash128.ofTexts("two");
  private static final ReuseLimits REUSE = new ReuseLimits(1, Duration.ofMinutes(5));

  private KeyedStateHarness harness;
  private long nowMs;
  private Shard third;
  private Shard fourth;

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
  void newShardIsEmpty() {
    assertThat(third.takeNew()).isTrue();
    assertThat(third.versions()).isEqualTo(VersionTable.EMPTY);
    assertThat(third.live()).isZero();
    assertThat(third.untakenSince()).isNull();
    assertThat(third.sent()).isNull();
    assertThat(third.republication()).isEqualTo(Republication.NONE);
    assertThat(third.acceptedRead()).isFalse();
  }

  @Test
  void restoredShardHasEachOfItsValuesAgain() throws Exception {
    third.follow(VERSIONS);
    third.want("a", edit("a"));
    third.untaken(77L);
    third.sent(new ShardPosition(3, 8, 9));
    third.republish(new Republication(4, true));
    third.debt(AcceptedDebt.NOTED);
    restore();
    assertThat(third.takeNew()).isFalse();
    assertThat(third.versions()).isEqualTo(VERSIONS);
    assertThat(third.live()).isEqualTo(1);
    assertThat(third.untakenSince()).isEqualTo(77);
    assertThat(third.sent()).isEqualTo(new ShardPosition(3, 8, 9));
    assertThat(third.republication()).isEqualTo(new Republication(4, true));
    assertThat(third.debt()).isEqualTo(AcceptedDebt.NOTED);
    assertThat(third.acceptedRead()).isTrue();
  }

  @Test
  void restoredShardHasEachOfItsTablesAgain() throws Exception {
    third.want("a", edit("a"));
    third.publish("a", 1, PublishedDocument.deleted(DocumentState.deleted(5)));
    third.delete("gone", DocumentState.deleted(6));
    third.pend("b", 7);
    third.walks().put(1, WalkPhase.LATE);
    third.owed().put("c", true);
    keep(ONE);
    restore();
    assertThat(third.wanted("a")).isEqualTo(edit("a"));
    assertThat(third.published("a", 1))
        .isEqualTo(PublishedDocument.deleted(DocumentState.deleted(5)));
    assertThat(third.tombstone("gone")).isEqualTo(DocumentState.deleted(6));
    assertThat(third.pending()).toIterable().containsExactly(Map.entry("b", 7L));
    assertThat(third.walks().get(1)).isEqualTo(WalkPhase.LATE);
    assertThat(third.owed().keys()).toIterable().containsExactly("c");
    assertThat(third.trunks().get(VERSIONS, 1, ONE)).isNotNull();
  }

  /** Threads that embed hand their work back to any shard while another one's key is current. */
  @Test
  void eachShardReadsAndWritesUnderItsOwnKeyWhicheverIsCurrent() throws Exception {
    third.want("a", edit("a"));
    fourth.want("b", edit("b"));
    fourth.want("c", edit("c"));
    third.pend("a", 3);
    fourth.pend("b", 4);
    third.sent(new ShardPosition(3, 8, 9));
    keep(ONE);
    assertThat(fourth.wanted("a")).isNull();
    assertThat(fourth.trunks().get(VERSIONS, 1, ONE)).isNull();
    restore();
    assertThat(third.live()).isEqualTo(1);
    assertThat(fourth.live()).isEqualTo(2);
    assertThat(fourth.sent()).isNull();
    assertThat(ids(third)).containsExactly("a");
    assertThat(ids(fourth)).containsExactlyInAnyOrder("b", "c");
    assertThat(third.pending()).toIterable().containsExactly(Map.entry("a", 3L));
  }

  @Test
  void deletionIsRememberedForItsTimeToLiveAndALiveDocumentForGood() throws Exception {
    third.want("live", edit("live"));
    third.delete("gone", DocumentState.deleted(6));
    harness.time(DocumentsHarness.TOMBSTONE_TTL.toMillis() - 1);
    assertThat(third.tombstone("gone")).isNotNull();
    harness.time(DocumentsHarness.TOMBSTONE_TTL.toMillis() + 1);
    assertThat(third.tombstone("gone")).isNull();
    assertThat(third.wanted("live")).isNotNull();
  }

  @Test
  void whatADocumentHasLostIsKeptUpToTheLimitThatIsSetAndOverARestore() throws Exception {
    keep(ONE, TWO);
    lose(ONE, TWO);
    restore();
    assertThat(third.trunks().of(VERSIONS, "a", 1).dropped()).hasSize(REUSE.passagesMax());
  }

  @Test
  void whatADocumentHasLostIsKeptForTheTimeThatIsSet() {
    keep(ONE);
    nowMs = 1_000;
    lose(ONE);
    nowMs += REUSE.ttl().toMillis();
    assertThat(third.trunks().of(VERSIONS, "a", 1).dropped()).containsOnlyKeys(ONE);
    nowMs++;
    assertThat(third.trunks().of(VERSIONS, "a", 1).dropped()).isEmpty();
  }

  private void restore() throws Exception {
    harness.restore();
    take();
  }

  private void take() {
    Consumer<Integer> setKey = harness.operator()::setCurrentKey;
    ShardStates states =
        new ShardStates(harness.context(), TestSettings.of(3, 100, REUSE), () -> nowMs, setKey);
    third = states.open(3, KeyedStateHarness.SHARDS.key(3));
    fourth = states.open(4, KeyedStateHarness.SHARDS.key(4));
  }

  private void keep(Hash128... uids) {
    for (Hash128 uid : uids) {
      TrunkOutput output = new TrunkOutput(new float[] {1}, false, 0);
      third.trunks().keep(VERSIONS, A, new Gain(Map.of(uid, output), List.of()));
    }
  }

  private void lose(Hash128... uids) {
    third.trunks().keep(VERSIONS, A, new Gain(Map.of(), List.of(uids)));
  }

  private static List<String> ids(Shard shard) {
    List<String> ids = new ArrayList<>();
    var walk = shard.documents();
    for (String id = walk.next(); id != null; id = walk.next()) {
      ids.add(id);
    }
    return ids;
  }

  private static WantedEdit edit(String id) {
    DocumentEdit edit = DocumentsHarness.upsert(id, 5, "text");
    return new WantedEdit(
        new ReceivedEdit(edit, 3, 0, 1, 2, Instant.EPOCH), DocumentState.of(edit));
  }
}
