package io.realmstream.model.updating.build;

import static io.realmstream.model.updating.TestVersions.proposed;
import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.PAUSED;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.updating.AcceptedDebt;
import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.Mails;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.TestEdits;
import io.realmstream.model.updating.TestVersions;
import io.realmstream.model.updating.backlog.Task;
import io.realmstream.model.updating.backlog.WorkQueue;
import io.realmstream.model.updating.publish.Encoders;
import io.realmstream.model.updating.publish.Publisher;
import io.realmstream.model.updating.publish.RecordedOutput;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardRetired;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class WrittenVersionsTest {
  private static final VersionTable FIRST = proposed(VersionTable.EMPTY, 1, BUILDING);
  private static final VersionTable SERVING = proposed(FIRST, 1, READY, ACTIVE);

  private final Shard shard = HeapShard.empty(0);
  private final RecordedOutput output = new RecordedOutput();
  private final Publisher publisher = new Publisher(output, "documents", () -> 0);
  private final Mails mails = new Mails();
  private final WorkQueue queue = new WorkQueue();
  private final Encoders encoders =
      new Encoders(TestVersions::lease, mails, version -> versions().encoderEnded(version));
  private final VersionWalks walks = new VersionWalks(List.of(shard));
  private final WalkSlices slices = new WalkSlices(walks, queue, publisher);
  private final WrittenVersions versions = new WrittenVersions(slices, encoders, publisher);
  private final SelfChecks checks = new SelfChecks(slices, encoders, publisher, 0);

  @AfterEach
  void close() {
    encoders.close();
  }

  @Test
  void walkOfANewVersionBeginsWhenItsTowerIsOpen() throws Exception {
    read();
    follow(FIRST);
    assertThat(slices.hasMore()).isFalse();

    opened(1);
    assertThat(slices.hasMore()).isTrue();
  }

  @Test
  void walkBeginsBehindTheEndOfTheAcceptedEdits() throws Exception {
    follow(FIRST);
    opened(1);
    assertThat(slices.hasMore()).isFalse();

    read();
    versions.update(shard);
    assertThat(slices.hasMore()).isTrue();
  }

  @Test
  void walkRestsWhileTheVersionIsPausedButEditsReachIt() throws Exception {
    read();
    follow(FIRST);
    opened(1);
    follow(proposed(FIRST, 1, PAUSED));

    assertThat(slices.hasMore()).isFalse();
    assertThat(versions.takeEdit(shard, 7)).isTrue();
  }

  @Test
  void shardIsCompleteWhenEveryDocumentWasSeenAndNoneWaits() throws Exception {
    read();
    shard.want("a", TestEdits.upsert("a", 1, "A text."));
    follow(FIRST);
    opened(1);
    walk();
    assertThat(output.of(ShardComplete.class)).isEmpty();

    publish("a", 1);
    queue.done(Objects.requireNonNull(queue.pollRebuild()));
    checks.advance(shard); // the self-check begins
    walk();
    assertThat(output.of(ShardComplete.class)).containsExactly(new ShardComplete(1, 0));
    assertThat(walks.isComplete(shard, 1)).isTrue();
  }

  @Test
  void editIsLackedByTheActiveVersionBeforeOthers() throws Exception {
    complete(SERVING);
    follow(proposed(SERVING, 2, BUILDING));
    opened(2);
    WantedEdit edit = want("a");
    WrittenVersions.NextVersion first = next(edit);
    assertThat(first.version()).isEqualTo(1);
    assertThat(first.mayWait()).isFalse();

    publish("a", 1);
    WrittenVersions.NextVersion second = next(edit);
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.mayWait()).isTrue();

    publish("a", 2);
    assertThat(versions.next(task("a"), edit)).isNull();
  }

  @Test
  void failedEditIsLackedNoMore() throws Exception {
    complete(SERVING);
    WantedEdit edit = want("a");
    shard.publish("a", 1, PublishedDocument.failed(null, edit.state()));

    assertThat(versions.next(task("a"), edit)).isNull();
  }

  @Test
  void documentIsPublishedOnceMoreBehindWhatLacksIt() throws Exception {
    complete(SERVING);
    WantedEdit edit = want("a");
    task("a").republishIn().add(1);
    assertThat(next(edit).before()).as("the version lacks it").isNull();

    publish("a", 1);
    assertThat(next(edit).before()).isEqualTo(shard.published("a", 1));
    assertThat(task("a").republishIn()).as("until it is published").containsExactly(1);
  }

  @Test
  void ofAFailedEditWhatIsPublishedIsNamed() throws Exception {
    complete(SERVING);
    WantedEdit first = want("a");
    WantedEdit failed = TestEdits.upsert("a", 2, "b");
    shard.want("a", failed);
    shard.publish("a", 1, PublishedDocument.failed(TestEdits.published(first), failed.state()));
    task("a").republishIn().add(1);

    assertThat(versions.next(task("a"), failed)).isNull();
    assertThat(output.of(PassageVectors.class))
        .extracting(record -> record.revision().number())
        .containsExactly(1L);
    assertThat(task("a").republishIn()).isEmpty();
  }

  @Test
  void editThatNoVersionTakesHoldsTheClaim() {
    assertThat(versions.takeEdit(shard, 7)).isFalse();
    versions.takeEdit(shard, 5);
    versions.takeEdit(shard, 6);

    assertThat(versions.earliest(null)).isEqualTo(5);
    assertThat(versions.earliest(3L)).isEqualTo(3);
  }

  @Test
  void editThatAVersionTakesIsNotNoted() throws Exception {
    complete(SERVING);
    assertThat(versions.takeEdit(shard, 7)).isTrue();

    assertThat(versions.earliest(null)).isNull();
  }

  @Test
  void versionThatIsRefusedIsToldAndForgotten() throws Exception {
    read();
    follow(FIRST);
    opened(1);
    shard.want("a", TestEdits.upsert("a", 1, "A text."));
    publish("a", 1);
    follow(proposed(FIRST, 1, REFUSED));

    assertThat(output.of(ShardRetired.class)).containsExactly(new ShardRetired(1, 0));
    assertThat(walks.isWritten(shard, 1)).isFalse();
    walk();
    assertThat(shard.published("a", 1)).isNull();
    assertThat(shard.walks().isEmpty()).isTrue();
    versions.release(version -> false);
    assertThat(encoders.versions()).isEmpty();
  }

  @Test
  void encoderInUseIsKept() throws Exception {
    follow(FIRST);
    opened(1);
    follow(proposed(FIRST, 1, REFUSED));
    versions.release(version -> true);

    assertThat(encoders.versions()).containsExactly(1);
  }

  @Test
  void stateThatNeverHadATableTellsWhatHadItsTime() {
    follow(proposed(FIRST, 1, REFUSED));

    assertThat(output.of(ShardRetired.class)).containsExactly(new ShardRetired(1, 0));
  }

  private WrittenVersions versions() {
    return versions;
  }

  private void read() {
    shard.debt(AcceptedDebt.NONE);
  }

  private void follow(VersionTable table) {
    shard.follow(table);
    versions.update(shard);
  }

  private void opened(int version) throws InterruptedException {
    mails.runUntil(() -> encoders.get(version) != null);
  }

  /** As after a walk over no document. */
  private void complete(VersionTable table) throws InterruptedException {
    read();
    follow(table);
    opened(1);
    walk();
    checks.advance(shard);
    walk();
    assertThat(walks.isComplete(shard, 1)).isTrue();
  }

  private void walk() {
    while (slices.hasMore()) {
      slices.advance().forEach(checks::advance);
    }
  }

  private WantedEdit want(String id) {
    WantedEdit edit = TestEdits.upsert(id, 1, "A text.");
    shard.want(id, edit);
    return edit;
  }

  private void publish(String id, int version) {
    shard.publish(id, version, TestEdits.published(Objects.requireNonNull(shard.wanted(id))));
  }

  private Task task(String id) {
    queue.rebuild(shard, id);
    return Objects.requireNonNull(queue.task(shard, id));
  }

  private WrittenVersions.NextVersion next(WantedEdit edit) {
    return Objects.requireNonNull(
        versions.next(task(edit.received().edit().id()), edit), "published everywhere");
  }
}
