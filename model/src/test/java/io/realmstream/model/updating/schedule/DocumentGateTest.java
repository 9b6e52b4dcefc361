package io.realmstream.model.updating.schedule;

import static io.realmstream.model.updating.TestVersions.proposed;
import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.READY;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.updating.AcceptedDebt;
import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.Mails;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.TestEdits;
import io.realmstream.model.updating.TestVersions;
import io.realmstream.model.updating.publish.AcceptedBacklog;
import io.realmstream.model.updating.publish.Publisher;
import io.realmstream.model.updating.publish.RecordedOutput;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DocumentGateTest {
  private static final WantedEdit FIRST = TestEdits.upsert("d", 1, "One.");
  private static final WantedEdit SECOND = TestEdits.upsert("d", 2, "Two.");

  private final Shard shard = HeapShard.empty(0);
  private final RecordedOutput output = new RecordedOutput();
  private final Publisher publisher = new Publisher(output, "documents", () -> 0);
  private final Mails mails = new Mails();
  private final Scheduler scheduler =
      new Scheduler(
          List.of(shard),
          new Scheduler.Settings(1, 0, 0),
          publisher,
          new Scheduler.Machinery(TestVersions::lease, work -> {}, mails));
  private final DocumentGate gate =
      new DocumentGate(
          publisher, new AcceptedBacklog(output, List.of(shard), mails, false), scheduler, output);

  DocumentGateTest() {
    shard.debt(AcceptedDebt.NONE);
    shard.follow(proposed(VersionTable.EMPTY, 1, BUILDING, READY, ACTIVE));
  }

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void acceptedEditIsWantedRecordedAndWaitsForItsVectors() {
    take(FIRST);
    take(SECOND);

    assertThat(shard.wanted("d")).isEqualTo(SECOND);
    assertThat(output.accepted)
        .extracting(accepted -> accepted.edit().revision())
        .containsExactly(1L, 2L);
    assertThat(scheduler.oldest()).isEqualTo(FIRST.received().timestamp());
    assertThat(output.outcomes).isEmpty();
  }

  @Test
  void acceptedDeletionIsPublishedAtOnce() {
    take(FIRST);
    WantedEdit delete = TestEdits.delete("d", 2);
    take(delete);

    assertThat(shard.wanted("d")).isNull();
    assertThat(shard.tombstone("d")).isEqualTo(delete.state());
    assertThat(output.outcomes).containsExactly(Outcome.DELETED);
  }

  @Test
  void editThatComesTooLateIsAnsweredWithTheReason() {
    take(SECOND);
    take(FIRST);

    assertThat(shard.wanted("d")).isEqualTo(SECOND);
    assertThat(output.statuses).hasSize(1);
    assertThat(output.statuses.get(0).outcome()).isEqualTo(Outcome.STALE);
    assertThat(output.statuses.get(0).reason()).isEqualTo("revision 1 is older than revision 2");
    assertThat(output.statuses.get(0).version()).isEqualTo(1);
  }

  @Test
  void editOfTheTopicOfAcceptedEditsIsTakenButNeverAnswered() {
    record(SECOND);
    record(FIRST);
    record(SECOND);

    assertThat(shard.wanted("d")).isEqualTo(SECOND);
    assertThat(output.accepted).isEmpty();
    assertThat(output.statuses).isEmpty();
    assertThat(output.messages).isEmpty();
    assertThat(output.pendingRepeats).isZero();
  }

  @Test
  void repeatedEditThatIsPublishedIsPublishedAgain() {
    take(FIRST);
    shard.publish("d", 1, TestEdits.published(FIRST));
    take(FIRST);

    assertThat(output.of(PassageVectors.class)).hasSize(1);
    assertThat(output.outcomes).containsExactly(Outcome.UNCHANGED);
    assertThat(output.pendingRepeats).isZero();
  }

  @Test
  void repeatedEditThatFailedIsToldSo() {
    take(SECOND);
    shard.publish("d", 1, PublishedDocument.failed(TestEdits.published(FIRST), SECOND.state()));
    take(SECOND);

    assertThat(output.messages).isEmpty();
    assertThat(output.statuses.get(0).reason())
        .isEqualTo("failed before; only a newer revision helps");
  }

  @Test
  void repeatedEditThatIsNotPublishedYetIsOnlyCounted() {
    take(SECOND);
    shard.publish("d", 1, TestEdits.published(FIRST));
    take(SECOND);

    assertThat(output.pendingRepeats).isEqualTo(1);
    assertThat(output.messages).isEmpty();
    assertThat(output.outcomes).isEmpty();
  }

  @Test
  void repeatedDeletionIsPublishedAgain() {
    WantedEdit delete = TestEdits.delete("d", 2);
    take(delete);
    take(delete);

    assertThat(output.of(PassageVectors.class))
        .extracting(record -> record.revision().outcome())
        .containsExactly(Outcome.DELETED, Outcome.DELETED);
  }

  private void take(WantedEdit edit) {
    gate.take(shard, edit.received(), edit.state(), false);
  }

  private void record(WantedEdit edit) {
    gate.take(shard, edit.received(), edit.state(), true);
  }
}
