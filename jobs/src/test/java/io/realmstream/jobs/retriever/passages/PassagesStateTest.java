package io.realmstream.jobs.retriever.passages;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.state.KeyedStateHarness;
import io.realmstream.model.serving.VersionedDocument;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.serving.revision.Ack;
import io.realmstream.model.serving.revision.Flip;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RepublicationRequest;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardRound;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassagesStateTest {
  private static final int SHARD = PassagesHarness.SHARD;
  private static final Duration TTL = Duration.ofHours(1);

  private KeyedStateHarness harness;
  private PassagesState state;

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
  void revisionThatWaitsForItsCellsIsNotCurrentYetAndStillWaitsAfterARestore() throws Exception {
    publish("a", 1, Outcome.ADDED);
    assertThat(found("a", 1)).isFalse();
    restore();
    assertThat(found("a", 1)).isFalse();
    assertThat(acknowledge("a", 1)).isNotNull();
    restore();
    assertThat(found("a", 1)).isTrue();
  }

  @Test
  void deletionIsRememberedForItsTimeToLiveAndALiveDocumentForGood() throws Exception {
    live("a", 3);
    live("gone", 3);
    publish("gone", 5, Outcome.DELETED);
    harness.time(TTL.toMillis() - 1);
    publish("gone", 4, Outcome.UPDATED);
    assertThat(acknowledge("gone", 4)).isNull();
    harness.time(10 * TTL.toMillis());
    publish("gone", 4, Outcome.UPDATED);
    assertThat(acknowledge("gone", 4)).isNotNull();
    assertThat(found("a", 3)).isTrue();
  }

  @Test
  void nothingIsLeftOfAVersionThatHadItsTimeButThatItHad() throws Exception {
    live("live", 1);
    live("replaced", 1);
    live("replaced", 2);
    live("deleted", 1);
    publish("deleted", 2, Outcome.DELETED);
    publish("staged", 1, Outcome.ADDED);
    assertThat(harness.entries()).isGreaterThan(10);

    assertThat(state.retired().add(SHARD, EndedIndexes.only(1))).containsExactly(1);
    restore();
    while (state.retired().forgetSome(SHARD)) {
      assertThat(state.ended().contains(SHARD, 1)).isTrue();
    }
    state.documents().forget(Long.MAX_VALUE / 2);

    assertThat(harness.entries()).isEqualTo(1);
    assertThat(state.ended().contains(SHARD, 1)).isTrue();
  }

  @Test
  void documentsThatARepublicationHasNotNamedAreFoundWhereverTheyAreHeld() throws Exception {
    live("named", 1);
    live("current", 1);
    publish("staged", 1, Outcome.ADDED);
    round(false);
    state.republished().name(document("named"));
    restore();
    round(true);

    List<VersionedDocument> unnamed = new ArrayList<>();
    while (state.republished().sweepSome(SHARD, gone -> remove(gone, unnamed))) {
      assertThat(state.republished().isSwept()).isFalse();
    }
    assertThat(unnamed).containsExactlyInAnyOrder(document("current"), document("staged"));
    assertThat(state.republished().isSwept()).isTrue();
    assertThat(found("named", 1)).isTrue();
  }

  @Test
  void oneShardSeesNothingOfAnother() throws Exception {
    live("a", 1);
    state.publishedThrough().put(0, Instant.EPOCH);
    state.completing().put(1, new ShardComplete(1, SHARD));
    harness.shard(SHARD + 1);
    assertThat(found("a", 1)).isFalse();
    assertThat(state.publishedThrough().get(0)).isNull();
    assertThat(state.completing().get(1)).isNull();
  }

  @Test
  void lossIsAskedForInTheReportersNameAfterARestoreToo() throws Exception {
    assertThat(state.doubt().lose(SHARD, 1_000)).isTrue();
    restore();
    assertThat(state.doubt().isNone(SHARD)).isFalse();
    long atMs = Objects.requireNonNull(state.doubt().lookAtMs(SHARD));
    RepublicationRequest request = Objects.requireNonNull(state.doubt().ask(SHARD, false, atMs));
    assertThat(request)
        .returns(SHARD, RepublicationRequest::shard)
        .returns(KeyedStateHarness.SHARDS.count(), RepublicationRequest::shards)
        .returns("reporter", RepublicationRequest::by);
  }

  private void restore() throws Exception {
    harness.restore();
    take();
  }

  private void take() {
    state = PassagesState.of(harness.context(), KeyedStateHarness.SHARDS.count(), TTL, "reporter");
    harness.shard(SHARD);
  }

  private void live(String id, long revision) {
    publish(id, revision, Outcome.ADDED);
    assertThat(acknowledge(id, revision)).isNotNull();
  }

  private void publish(String id, long revision, Outcome outcome) {
    var unused =
        state.documents().accept(PassagesHarness.record(id, revision, outcome), false, revision);
  }

  private @Nullable Flip acknowledge(String id, long revision) {
    Ack ack = new Ack(SHARD, 1, id, uid(id, revision), revision, DocumentRevision.NO_EDIT, 0, 1);
    return state.documents().acknowledge(ack, revision);
  }

  private boolean found(String id, long revision) {
    VersionedPassage passage = new VersionedPassage(1, uid(id, revision));
    return state.documents().find(passage, Long.MAX_VALUE, Long.MAX_VALUE) != null;
  }

  private void round(boolean ends) {
    var unused = state.republished().take(new ShardRound(SHARD, 7, ends, List.of(1), List.of(1)));
  }

  private void remove(VersionedDocument gone, List<VersionedDocument> all) {
    all.add(gone);
    var unused = state.documents().remove(SHARD, gone, 9);
  }

  private static VersionedDocument document(String id) {
    return new VersionedDocument(1, id);
  }

  private static Hash128 uid(String id, long revision) {
    PassageVectors record = PassagesHarness.record(id, revision, Outcome.ADDED);
    return record.manifest().get(0).uid();
  }
}
