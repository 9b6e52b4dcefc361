package io.realmstream.model.updating.schedule;

import static io.realmstream.model.updating.TestVersions.proposed;
import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.READY;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.updating.AcceptedDebt;
import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.Mails;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.TestEdits;
import io.realmstream.model.updating.WalkPhase;
import io.realmstream.model.updating.backlog.Task;
import io.realmstream.model.updating.backlog.WorkQueue;
import io.realmstream.model.updating.build.VersionWalks;
import io.realmstream.model.updating.publish.EmbedWork;
import io.realmstream.model.updating.publish.Encoders;
import io.realmstream.model.updating.publish.Publisher;
import io.realmstream.model.updating.publish.RecordedOutput;
import io.realmstream.model.updating.publish.TinyTower;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardRound;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How much of a large shard is published once more before other work has its turn. */
@Timeout(600)
class RepublicationSlicesTest {
  private static final VersionTable SERVING =
      proposed(VersionTable.EMPTY, 1, BUILDING, READY, ACTIVE);
  private static final int MANY = 1_000;
  private static final int SLICE = 256;

  /** Documents that wait to be embedded, besides edits. */
  private static final int WAITING_MAX = 64;

  private final Shard shard = serving(0);
  private final RecordedOutput output = new RecordedOutput();
  private final Publisher publisher = new Publisher(output, "documents", () -> 0);
  private final Mails mails = new Mails();
  private final WorkQueue queue = new WorkQueue();
  private final TinyTower tiny;
  private final Encoders encoders;

  RepublicationSlicesTest(@TempDir Path directory) throws Exception {
    tiny = new TinyTower(directory);
    encoders = new Encoders(tiny::lease, mails, version -> {});
  }

  @BeforeEach
  void open() throws InterruptedException {
    encoders.want(1, tiny.tower());
    mails.runUntil(() -> encoders.get(1) != null);
  }

  @AfterEach
  void close() {
    encoders.close();
    tiny.close();
  }

  @Test
  void deletionsAreToldASliceAtATime() {
    deleteMany(shard);
    Republications republications = asked(shard);
    Set<String> told = new TreeSet<>();
    while (republications.hasMore()) {
      output.messages.clear();
      republications.advance();
      assertThat(output.messages).hasSizeLessThanOrEqualTo(SLICE + 1); // and the end of the round
      deletions().forEach(deletion -> assertThat(told.add(deletion)).as(deletion).isTrue());
    }
    assertThat(told).hasSize(MANY);
    assertThat(output.of(ShardRound.class)).as("the end").hasSize(1);
    assertThat(republications.isIdle()).isTrue();
  }

  @Test
  void allShardsOfASubtaskShareASlice() {
    Shard other = serving(1);
    deleteMany(shard);
    deleteMany(other);
    Republications republications = asked(shard, other);
    republications.advance();
    assertThat(deletions()).hasSizeBetween(1, SLICE);
  }

  @Test
  void documentsAreQueuedAsSoonAsThereIsRoomForThem() {
    wantMany();
    Republications republications = asked(shard);
    Set<String> queued = new TreeSet<>();
    while (!republications.isIdle()) {
      republications.advance();
      assertThat(queue.tasks()).isLessThanOrEqualTo(WAITING_MAX);
      for (Task task = queue.pollRebuild(); task != null; task = queue.pollRebuild()) {
        assertThat(task.republishIn()).containsExactly(1);
        assertThat(queued.add(task.id())).as(task.id()).isTrue();
        queue.done(task);
      }
    }
    assertThat(queued).hasSize(MANY);
  }

  /** They take no room: it would never rest for that alone. */
  @Test
  void documentsWhoseEditsWaitAreLookedAtASliceAtATime() {
    wantMany();
    for (int i = 0; i < MANY; i++) {
      queue.edit(shard, "d" + i, 1);
    }
    Republications republications = asked(shard);
    int before = 0;
    while (before < MANY) {
      assertThat(republications.hasMore()).isTrue();
      republications.advance();
      int now = republished();
      assertThat(now - before).isBetween(1, SLICE);
      before = now;
    }
  }

  @Test
  void editThatComesBetweenSlicesIsStartedBeforeOtherDeletionsAreTold() throws Exception {
    deleteMany(shard);
    List<Integer> toldBefore = new ArrayList<>();
    try (Scheduler scheduler = scheduler(work -> toldBefore.add(deletions().size()))) {
      scheduler.republish(shard);
      int told = deletions().size();
      assertThat(told).isBetween(1, SLICE);

      edit(scheduler, "e");
      assertThat(toldBefore).containsExactly(told);
      assertThat(deletions()).hasSizeLessThanOrEqualTo(2 * SLICE);
      mails.run();
      assertThat(deletions()).hasSize(MANY);
    }
  }

  @Test
  void editThatComesBetweenSlicesIsStartedBeforeDocumentsThatWait() throws Exception {
    wantMany();
    List<EmbedWork> works = new ArrayList<>();
    try (Scheduler scheduler = scheduler(works::add)) {
      scheduler.republish(shard);
      assertThat(works).noneMatch(work -> work.order().edit());
      int started = works.size();
      assertThat(started).isPositive();
      assertThat(scheduler.tasks()).isLessThanOrEqualTo(WAITING_MAX + started);

      edit(scheduler, "e");
      assertThat(works).hasSize(started + 1);
      assertThat(works.get(started).order().id()).isEqualTo("e");
      for (int i = 0; i < 10; i++) {
        scheduler.embedded(TinyTower.run(works.remove(0)));
        mails.run();
        assertThat(scheduler.tasks()).isLessThanOrEqualTo(WAITING_MAX + started + 1);
      }
    }
  }

  private static Shard serving(int number) {
    Shard shard = HeapShard.empty(number);
    shard.debt(AcceptedDebt.NONE);
    shard.follow(SERVING);
    shard.walks().put(1, WalkPhase.COMPLETE);
    return shard;
  }

  private static void deleteMany(Shard shard) {
    for (int i = 0; i < MANY; i++) {
      String id = "gone %d in %d".formatted(i, shard.number());
      shard.delete(id, TestEdits.delete(id, 1).state());
    }
  }

  private void wantMany() {
    for (int i = 0; i < MANY; i++) {
      shard.want("d" + i, TestEdits.upsert("d" + i, 1, "a"));
    }
  }

  private Republications asked(Shard... shards) {
    Republications republications =
        new Republications(publisher, queue, new VersionWalks(List.of(shards)), encoders);
    for (Shard each : shards) {
      republications.ask(each);
    }
    return republications;
  }

  /** Of the shard, with its tower open and nothing to do. */
  private Scheduler scheduler(Consumer<EmbedWork> embed) throws InterruptedException {
    Scheduler scheduler =
        new Scheduler(
            List.of(shard),
            new Scheduler.Settings(1, 0, Long.MIN_VALUE),
            publisher,
            new Scheduler.Machinery(tiny::lease, embed, mails));
    scheduler.versions(shard);
    mails.runUntil(scheduler::isIdle);
    return scheduler;
  }

  private void edit(Scheduler scheduler, String id) {
    WantedEdit edit = TestEdits.upsert(id, 1, "a");
    shard.want(id, edit);
    scheduler.edit(shard, id, edit.received().timestamp());
  }

  /** The documents whose deletions were told, in order. */
  private List<String> deletions() {
    return output.of(PassageVectors.class).stream().map(PassageVectors::document).toList();
  }

  /** How many documents are to be published once more. */
  private int republished() {
    int count = 0;
    for (int i = 0; i < MANY; i++) {
      Task task = Objects.requireNonNull(queue.task(shard, "d" + i));
      count += task.republishIn().isEmpty() ? 0 : 1;
    }
    return count;
  }
}
