package io.realmstream.model.updating.publish;

import static io.realmstream.model.updating.TestVersions.proposed;
import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.TestEdits;
import io.realmstream.model.updating.reuse.KnownOutputs;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.version.StateChange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {
  private static final VersionTable SERVING =
      proposed(VersionTable.EMPTY, 1, BUILDING, READY, ACTIVE);
  private static final VersionTable TWO = proposed(SERVING, 2, BUILDING);

  private final Shard shard = HeapShard.empty(3);
  private final RecordedOutput output = new RecordedOutput();
  private final Publisher publisher = new Publisher(output, "documents", () -> 5_000);
  private final TinyTower tiny;

  PublisherTest(@TempDir Path directory) throws Exception {
    tiny = new TinyTower(directory);
    shard.follow(SERVING);
  }

  @AfterEach
  void close() {
    tiny.close();
  }

  @Test
  void revisionIsAddedThenUpdatedThenUnchanged() {
    publish(1, "a");
    publish(2, "c");
    publish(3, "c");

    assertThat(output.outcomes).containsExactly(Outcome.ADDED, Outcome.UPDATED, Outcome.UNCHANGED);
    DocumentRevision updated = records().get(1).revision();
    assertThat(updated.removed()).isEqualTo(1);
    assertThat(updated.counts().embedded()).isEqualTo(1);
    assertThat(updated.times().publishedAt()).isEqualTo(Instant.ofEpochMilli(5_000));
    assertThat(records().get(2).inserts()).isEmpty();
    assertThat(records().get(2).manifest()).hasSize(1);
    Hash128 uid = records().get(1).manifest().get(0).uid();
    assertThat(shard.trunks().get(SERVING, 1, uid)).isNotNull();
    assertThat(published().handled()).isEqualTo(TestEdits.upsert("d", 3, "c").state());
  }

  @Test
  void sameRevisionOnceMoreIsNewForItsReaderAndCountedApart() {
    publish(1, "a");
    publish(1, "a");

    assertThat(records().get(1).revision().outcome()).isEqualTo(Outcome.ADDED);
    assertThat(output.outcomes).containsExactly(Outcome.ADDED);
    assertThat(output.republished).isEqualTo(1);
  }

  @Test
  void failureLeavesWhatIsPublishedAndSaysWhy() {
    publish(1, "a");
    EmbedWork work = work(2, "b");
    publisher.fail(work, "too short");

    assertThat(output.deadLetters).containsExactly("d: too short");
    DocumentStatus status = output.statuses.get(0);
    assertThat(status.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(status.reason()).isEqualTo("too short");
    assertThat(status.revision()).isEqualTo(2);
    assertThat(status.changes().passages()).isEqualTo(1);
    assertThat(published().handled()).isEqualTo(work.order().wanted().state());
    assertThat(published().published()).isEqualTo(TestEdits.upsert("d", 1, "a").state());
    assertThat(records()).hasSize(1);
  }

  @Test
  void passageThatWasTruncatedStaysSoWhileTheDocumentKeepsIt() {
    publish(1, "a");
    PublishedDocument before = published();
    Hash128 kept = before.manifest().get(0).uid();
    List<Hash128> truncated = List.of(kept, new Hash128(9, 9));
    shard.publish(
        "d",
        1,
        new PublishedDocument(before.handled(), before.published(), before.manifest(), truncated));
    publish(2, "a");

    assertThat(published().truncated()).containsExactly(kept);
    assertThat(records().get(1).revision().counts().truncated()).isEqualTo(1);
  }

  @Test
  void deletionIsSaidInEachIndexAndLeavesNothingPublished() {
    shard.follow(TWO);
    publish(1, "a");
    WantedEdit delete = TestEdits.delete("d", 2);
    publisher.delete(shard, delete.received(), delete.state());

    assertThat(records().subList(1, 3)).extracting(PassageVectors::version).containsExactly(1, 2);
    assertThat(records().subList(1, 3))
        .extracting(record -> record.revision().removed())
        .containsExactly(1, 0);
    assertThat(output.outcomes).containsExactly(Outcome.ADDED, Outcome.DELETED);
    assertThat(output.statuses).isEmpty();
    assertThat(shard.published("d", 1)).isNull();
  }

  @Test
  void deletionWithoutAnyVersionHasAStatusOnly() {
    shard.follow(VersionTable.EMPTY);
    WantedEdit delete = TestEdits.delete("d", 2);
    publisher.delete(shard, delete.received(), delete.state());

    assertThat(output.messages).isEmpty();
    assertThat(output.statuses.get(0).outcome()).isEqualTo(Outcome.DELETED);
    assertThat(output.statuses.get(0).version()).isZero();
  }

  @Test
  void documentOfWhichNothingIsPublishedIsNotNamed() {
    WantedEdit edit = TestEdits.upsert("d", 1, "a");
    publisher.republishManifest(shard, "d", 1, PublishedDocument.failed(null, edit.state()));
    assertThat(output.messages).isEmpty();

    publish(1, "a");
    publisher.republishManifest(shard, "d", 1, PublishedDocument.failed(published(), edit.state()));
    PassageVectors named = records().get(1);
    assertThat(named.revision().outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(named.revision().number()).isEqualTo(1);
    assertThat(named.shard()).isEqualTo(3);
    assertThat(named.manifest()).isEqualTo(published().manifest());
    assertThat(output.outcomes).as("no edit came").containsExactly(Outcome.ADDED);
  }

  @Test
  void refusalIsProposedFromTheStateThatTheVersionHas() {
    publisher.proposeRefusal(shard, Objects.requireNonNull(TWO.get(2)), "differs");
    assertThat(output.proposals).hasSize(1);
    assertThat(output.proposals.get(0).version()).isEqualTo(2);
    assertThat(output.proposals.get(0).change()).isEqualTo(new StateChange(BUILDING, REFUSED));
    assertThat(output.proposals.get(0).reason()).isEqualTo("differs");
    assertThat(output.proposals.get(0).by()).isEqualTo("documents");
    assertThat(output.proposals.get(0).proposalId())
        .isEqualTo("documents 2 shard 3 from BUILDING 1970-01-01T00:00:05Z");
  }

  private List<PassageVectors> records() {
    return output.of(PassageVectors.class);
  }

  private PublishedDocument published() {
    return Objects.requireNonNull(shard.published("d", 1));
  }

  private void publish(long revision, String text) {
    publisher.publish(TinyTower.run(work(revision, text)));
  }

  /** In version 1. */
  private EmbedWork work(long revision, String text) {
    PublishedDocument before = shard.published("d", 1);
    return new EmbedWork(
        new EmbedWork.Order(
            shard,
            TestEdits.upsert("d", revision, text),
            new EmbedWork.Target(1, tiny.opened(), false),
            true,
            before == null ? Set.of() : before.uids(),
            false,
            KnownOutputs.NONE,
            false));
  }
}
