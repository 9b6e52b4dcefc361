package io.realmstream.model.updating.schedule;

import static io.realmstream.model.updating.TestVersions.proposed;
import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.updating.AcceptedDebt;
import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.Mails;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.TestEdits;
import io.realmstream.model.updating.WalkPhase;
import io.realmstream.model.updating.publish.EmbedWork;
import io.realmstream.model.updating.publish.Publisher;
import io.realmstream.model.updating.publish.RecordedOutput;
import io.realmstream.model.updating.publish.TinyTower;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class SchedulerTest {
  private static final VersionTable FIRST = proposed(VersionTable.EMPTY, 1, BUILDING);
  private static final VersionTable SERVING = proposed(FIRST, 1, READY, ACTIVE);

  private final Shard shard = HeapShard.empty(0);
  private final RecordedOutput output = new RecordedOutput();
  private final Mails mails = new Mails();

  /** What the threads were given, and have not been told to do. */
  private final List<EmbedWork> works = new ArrayList<>();

  private final TinyTower tiny;
  private final Scheduler scheduler;

  SchedulerTest(@TempDir Path directory) throws Exception {
    tiny = new TinyTower(directory);
    shard.debt(AcceptedDebt.NONE);
    scheduler = scheduler(0);
  }

  private Scheduler scheduler(int sampleMax) {
    return new Scheduler(
        List.of(shard),
        new Scheduler.Settings(1, sampleMax, Long.MIN_VALUE),
        new Publisher(output, "documents", () -> 0),
        new Scheduler.Machinery(tiny::lease, works::add, mails));
  }

  @AfterEach
  void close() {
    scheduler.close();
    tiny.close();
  }

  @Test
  void editIsEmbeddedPublishedAndSettled() throws Exception {
    serve(SERVING);
    edit("d", 7, "a");
    assertThat(scheduler.oldest()).isEqualTo(7);
    assertThat(scheduler.editTasks()).isEqualTo(1);
    assertThat(shard.pending().hasNext()).isTrue();
    assertThat(scheduler.isIdle()).isFalse();

    finish();
    assertThat(published()).containsExactly("d 7 in 1");
    assertThat(scheduler.oldest()).isNull();
    assertThat(shard.pending().hasNext()).isFalse();
    assertThat(scheduler.isIdle()).isTrue();
  }

  @Test
  void soManyEditsAreStartedAtATime() throws Exception {
    serve(SERVING);
    for (int i = 0; i < 20; i++) {
      edit("d" + i, 1, "a");
    }
    assertThat(works).hasSize(16);

    finish();
    assertThat(works).hasSize(16);
    assertThat(scheduler.editTasks()).isEqualTo(19);
    finishAll();
    assertThat(published()).hasSize(20);
  }

  @Test
  void rebuildsAreStartedByTwosAndEditsGoBesides() throws Exception {
    for (int i = 0; i < 5; i++) {
      shard.want("d" + i, TestEdits.upsert("d" + i, 1, "a"));
    }
    serve(FIRST);
    assertThat(works).hasSize(2).noneMatch(work -> work.order().edit());

    edit("e", 1, "c");
    assertThat(works).hasSize(3);
    assertThat(works.get(2).order().id()).isEqualTo("e");
    finishAll();
    assertThat(published()).hasSize(6);
    assertThat(output.of(ShardComplete.class)).containsExactly(new ShardComplete(1, 0));
  }

  @Test
  void editThatComesDuringEmbeddingTakesThePlaceOfTheOneBefore() throws Exception {
    serve(SERVING);
    edit("d", 1, "a");
    edit("d", 2, "c");
    finish();
    assertThat(published()).isEmpty();
    assertThat(scheduler.oldest()).isEqualTo(1);
    finish();
    assertThat(published()).containsExactly("d 2 in 1");
    assertThat(works).isEmpty();
  }

  @Test
  void documentThatIsDeletedDuringEmbeddingIsNotPublished() throws Exception {
    serve(SERVING);
    edit("d", 1, "a");
    shard.delete("d", TestEdits.delete("d", 2).state());
    finish();

    assertThat(published()).isEmpty();
    assertThat(scheduler.isIdle()).isTrue();
    assertThat(shard.pending().hasNext()).isFalse();
  }

  @Test
  void republicationEndsWithItsLastDocumentThoughThatIsDeletedMeanwhile() throws Exception {
    shard.want("d", TestEdits.upsert("d", 1, "a"));
    serve(SERVING);
    finishAll();
    scheduler.republish(shard);
    assertThat(ids()).containsExactly("d rebuild");
    shard.delete("d", TestEdits.delete("d", 2).state());
    finishAll();
    assertThat(scheduler.isIdle()).isTrue();
  }

  @Test
  void startedEditThatOnlyAWalkedVersionLacksGoesOnBeforeOtherRebuilds() throws Exception {
    for (int i = 0; i < 300; i++) {
      shard.want("d" + i, TestEdits.upsert("d" + i, 1, "a"));
    }
    serve(SERVING);
    finishAll();
    serve(proposed(SERVING, 2, BUILDING));
    edit("e", 1, "a");
    assertThat(ids()).containsExactly("d0 rebuild", "d1 rebuild", "e edit");

    scheduler.embedded(TinyTower.run(works.remove(2)));
    assertThat(ids()).as("it waits for a rebuild to end").hasSize(2);
    assertThat(scheduler.editTasks()).as("nobody waits for it").isZero();
    finish();
    assertThat(ids()).containsExactly("d1 rebuild", "e rebuild");
  }

  @Test
  void workOfAVersionThatIsRetiredMeanwhileIsNotPublishedAndItsTaskGoesOn() throws Exception {
    VersionTable two = proposed(SERVING, 2, BUILDING);
    shard.want("d", TestEdits.upsert("d", 1, "a"));
    serve(SERVING);
    finish();
    mails.run();
    serve(two);
    EmbedWork second = works.remove(0);
    assertThat(second.order().version()).isEqualTo(2);
    shard.follow(proposed(two, 2, REFUSED));
    scheduler.versions(shard);
    scheduler.embedded(TinyTower.run(second));

    assertThat(published()).containsExactly("d 1 in 1");
    assertThat(scheduler.isIdle()).isTrue();
  }

  @Test
  void editsWaitAfterARestoreUntilTheTowerOfACompleteVersionIsOpen() throws Exception {
    shard.follow(SERVING);
    shard.walks().put(1, WalkPhase.COMPLETE);
    shard.want("d", TestEdits.upsert("d", 1, "a"));
    shard.pend("d", 1);
    try (Scheduler restored = scheduler(0)) {
      restored.run();
      assertThat(restored.editTasks()).isEqualTo(1);
      assertThat(works).isEmpty();

      mails.runUntil(() -> !works.isEmpty());
      assertThat(ids()).containsExactly("d edit");
    }
  }

  @Test
  void selfCheckEmbedsItsSampleBesideTheRebuildsBeforeTheShardIsComplete() throws Exception {
    try (Scheduler checking = scheduler(1)) {
      shard.want("d", TestEdits.upsert("d", 1, "a"));
      shard.follow(FIRST);
      checking.versions(shard);
      mails.runUntil(() -> !works.isEmpty());
      checking.embedded(TinyTower.run(works.remove(0)));
      mails.run();
      assertThat(works).hasSize(1).allMatch(work -> work.order().check());
      assertThat(output.of(ShardComplete.class)).isEmpty();
      assertThat(checking.isIdle()).isFalse();

      checking.embedded(TinyTower.run(works.remove(0)));
      assertThat(output.of(ShardComplete.class)).containsExactly(new ShardComplete(1, 0));
      assertThat(checking.isIdle()).isTrue();
    }
  }

  @Test
  void editThatCannotBeEmbeddedEndsAsADeadLetter() throws Exception {
    serve(SERVING);
    edit("d", 1, "b");
    finish();

    assertThat(output.outcomes).containsExactly(Outcome.FAILED);
    assertThat(output.deadLetters).hasSize(1);
    assertThat(scheduler.isIdle()).isTrue();
  }

  @Test
  void editIsPublishedWhereItAnswersBeforeItIsInTheVersionThatIsBuilt() throws Exception {
    serve(SERVING);
    serve(proposed(SERVING, 2, BUILDING));
    edit("d", 1, "a");
    finishAll();

    assertThat(published()).containsExactly("d 1 in 1", "d 1 in 2");
    PassageVectors second = output.of(PassageVectors.class).get(1);
    assertThat(second.revision().counts().reprojected()).isEqualTo(1);
    assertThat(second.revision().counts().embedded()).isZero();
  }

  @Test
  void editWithoutAVersionHoldsTheClaimAndIsFoundByTheWalk() throws Exception {
    edit("d", 7, "a");
    assertThat(works).isEmpty();
    assertThat(scheduler.editTasks()).isZero();
    assertThat(scheduler.oldest()).isEqualTo(7);

    serve(FIRST);
    finish();
    assertThat(published()).containsExactly("d 7 in 1");
  }

  /** Until the tower is open, and the walk that begins then has started what it may. */
  private void serve(VersionTable table) throws InterruptedException {
    shard.follow(table);
    scheduler.versions(shard);
    mails.runUntil(() -> !works.isEmpty() || scheduler.isIdle());
    mails.run();
  }

  private void edit(String id, long revision, String text) {
    WantedEdit edit = TestEdits.upsert(id, revision, text);
    shard.want(id, edit);
    scheduler.edit(shard, id, edit.received().timestamp());
  }

  /** Does the first work that waits. */
  private void finish() {
    scheduler.embedded(TinyTower.run(works.remove(0)));
  }

  private void finishAll() {
    while (!works.isEmpty()) {
      finish();
      mails.run();
    }
  }

  private List<String> ids() {
    return works.stream()
        .map(EmbedWork::order)
        .map(order -> order.id() + (order.edit() ? " edit" : " rebuild"))
        .toList();
  }

  private List<String> published() {
    return output.of(PassageVectors.class).stream()
        .map(
            record ->
                "%s %d in %d"
                    .formatted(record.document(), record.revision().number(), record.version()))
        .toList();
  }
}
