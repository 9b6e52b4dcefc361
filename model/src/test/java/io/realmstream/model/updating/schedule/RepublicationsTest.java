package io.realmstream.model.updating.schedule;

import static io.realmstream.model.updating.TestVersions.proposed;
import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.READY;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.SharedModels;
import io.realmstream.model.updating.AcceptedDebt;
import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.Mails;
import io.realmstream.model.updating.Republication;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.TestEdits;
import io.realmstream.model.updating.WalkPhase;
import io.realmstream.model.updating.backlog.Task;
import io.realmstream.model.updating.backlog.WorkQueue;
import io.realmstream.model.updating.build.VersionWalks;
import io.realmstream.model.updating.publish.Encoders;
import io.realmstream.model.updating.publish.Publisher;
import io.realmstream.model.updating.publish.RecordedOutput;
import io.realmstream.model.updating.publish.TinyTower;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardRound;
import io.realmstream.schemas.vectors.VectorMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class RepublicationsTest {
  private static final VersionTable SERVING =
      proposed(VersionTable.EMPTY, 1, BUILDING, READY, ACTIVE);
  private static final ShardRound BEGIN = new ShardRound(0, 1, false, List.of(), List.of());
  private static final ShardRound END = new ShardRound(0, 1, true, List.of(1), List.of(1));

  private final Shard shard = HeapShard.empty(0);
  private final RecordedOutput output = new RecordedOutput();
  private final Mails mails = new Mails();
  private final WorkQueue queue = new WorkQueue();
  private final TinyTower tiny;
  private final Encoders encoders;
  private final SharedModels<Encoder> broken = new SharedModels<>(warning -> {});

  /** Whether the towers that are asked for now cannot be opened. */
  private boolean isGone;

  RepublicationsTest(@TempDir Path directory) throws Exception {
    tiny = new TinyTower(directory);
    encoders = new Encoders(tower -> isGone ? gone() : tiny.lease(tower), mails, version -> {});
    shard.debt(AcceptedDebt.NONE);
    shard.follow(SERVING);
    shard.walks().put(1, WalkPhase.COMPLETE);
  }

  @AfterEach
  void close() {
    encoders.close();
    tiny.close();
  }

  @Test
  void deletionsAreToldBeforeDocumentsAreQueuedAndTheEndIsBehindThem() throws Exception {
    shard.want("a", TestEdits.upsert("a", 1, "a"));
    shard.delete("gone", TestEdits.delete("gone", 2).state());
    open();
    Republications republications = restored();
    republications.ask(shard);
    republications.advance();

    assertThat(told()).startsWith(BEGIN).hasSize(2);
    assertThat(((PassageVectors) told().get(1)).document()).isEqualTo("gone");
    Task task = Objects.requireNonNull(queue.pollRebuild());
    assertThat(task.id()).isEqualTo("a");
    assertThat(task.republishIn()).containsExactly(1);
    republications.advance();
    assertThat(republications.isIdle()).isFalse();

    queue.done(task);
    republications.advance();
    assertThat(told()).hasSize(3).endsWith(END);
    assertThat(republications.isIdle()).isTrue();
    assertThat(shard.republication()).isEqualTo(new Republication(1, false));
  }

  @Test
  void requestDuringARoundIsServedByIt() throws Exception {
    open();
    Republications republications = restored();
    republications.ask(shard);
    republications.ask(shard);
    republications.advance();
    assertThat(told()).containsExactly(BEGIN, END);
    republications.ask(shard);
    republications.advance();
    assertThat(told().subList(2, 4))
        .extracting(told -> ((ShardRound) told).round())
        .containsOnly(2L);
  }

  @Test
  void roundOfARestoredStateBeginsAnewUnderItsNumber() throws Exception {
    shard.republish(new Republication(1, true));
    open();
    Republications republications = restored();
    assertThat(republications.isIdle()).isFalse();
    republications.advance();
    assertThat(told()).containsExactly(BEGIN, END);
    assertThat(restored().isIdle()).isTrue();
  }

  @Test
  void roundWaitsUntilEveryTowerIsOpen() throws Exception {
    encoders.want(1, tiny.tower());
    Republications republications = restored();
    republications.ask(shard);
    republications.advance();
    assertThat(republications.hasMore()).isFalse();
    assertThat(told()).isEmpty();

    open();
    assertThat(republications.hasMore()).isTrue();
    republications.advance();
    assertThat(told()).containsExactly(BEGIN, END);
  }

  @Test
  void versionThatLacksEditsIsNamedAndNotComplete() throws Exception {
    shard.walks().put(1, WalkPhase.LATE);
    open();
    Republications republications = restored();
    republications.ask(shard);
    republications.advance();
    assertThat(told()).containsExactly(BEGIN, new ShardRound(0, 1, true, List.of(1), List.of()));
  }

  @Test
  void versionThatWasCompletedMeanwhileIsComplete() throws Exception {
    shard.want("a", TestEdits.upsert("a", 1, "a"));
    shard.walks().put(2, WalkPhase.COMPLETE);
    open();
    Republications republications = restored();
    republications.ask(shard);
    republications.advance();
    shard.follow(proposed(SERVING, 2, BUILDING));
    queue.done(Objects.requireNonNull(queue.pollRebuild()));
    republications.advance();
    assertThat(told()).endsWith(new ShardRound(0, 1, true, List.of(1), List.of(1, 2)));
  }

  /** A version that one may roll back to. */
  @Test
  void versionWhoseTowerFailsIsLeftOutAndFollowsWhenItIsOpen() throws Exception {
    VersionWalks walks = twoOfWhichTheFirstFails();
    Republications republications = restored(walks);
    republications.ask(shard);
    assertThat(republications.advance()).containsExactly(shard);
    assertThat(told()).containsExactly(BEGIN, new ShardRound(0, 1, true, List.of(2), List.of(2)));
    assertThat(walks.held(shard)).isNotEmpty();
    assertThat(republications.hasMore()).isFalse();
    assertThat(shard.republication()).isEqualTo(new Republication(2, true));

    openAgain();
    assertThat(republications.hasMore()).isTrue();
    republications.advance();
    assertThat(told().subList(2, 4))
        .containsExactly(
            new ShardRound(0, 2, false, List.of(), List.of()),
            new ShardRound(0, 2, true, List.of(1, 2), List.of(2)));
    assertThat(walks.held(shard)).isEmpty();
  }

  @Test
  void requestWhileATowerIsWaitedForDoesNotWait() throws Exception {
    Republications republications = restored(twoOfWhichTheFirstFails());
    republications.ask(shard);
    republications.advance();
    republications.ask(shard);
    republications.advance();
    assertThat(told()).hasSize(4).endsWith(new ShardRound(0, 2, true, List.of(2), List.of(2)));
  }

  /** The run that was lost may have left one out. */
  @Test
  void noVersionBecomesCompleteBeforeARestoredRoundHasNamedIt() throws Exception {
    VersionWalks walks = twoOfWhichTheFirstFails();
    shard.republish(new Republication(2, true));
    Republications republications = restored(walks);
    openAgain();
    assertThat(walks.held(shard)).isNotEmpty();
    republications.advance();
    assertThat(told()).endsWith(new ShardRound(0, 2, true, List.of(1, 2), List.of(2)));
    assertThat(walks.held(shard)).isEmpty();
  }

  @Test
  void versionThatAnswersIsWaitedFor() throws Exception {
    isGone = true;
    encoders.want(1, tiny.tower());
    mails.runUntil(() -> encoders.isFailing(1));
    assertWaits();
  }

  @Test
  void roundWaitsUntilTheShardsDocumentsAreKnown() throws Exception {
    Shard unread = HeapShard.empty(0);
    unread.follow(SERVING);
    unread.walks().put(1, WalkPhase.COMPLETE);
    open();
    Republications republications = restored(unread);
    republications.ask(unread);
    assertThat(republications.hasMore()).isFalse();

    unread.debt(AcceptedDebt.NONE);
    assertThat(republications.hasMore()).isTrue();
  }

  @Test
  void roundWaitsForAVersion() {
    shard.follow(VersionTable.EMPTY);
    assertWaits();
  }

  @Test
  void versionThatIsStillBuiltIsWrittenButNotComplete() throws Exception {
    shard.follow(proposed(VersionTable.EMPTY, 1, BUILDING));
    shard.walks().put(1, WalkPhase.BUILD);
    open();
    Republications republications = restored();
    republications.ask(shard);
    republications.advance();
    assertThat(told()).containsExactly(BEGIN, new ShardRound(0, 1, true, List.of(1), List.of()));
  }

  private void assertWaits() {
    Republications republications = restored();
    republications.ask(shard);
    republications.advance();
    assertThat(republications.hasMore()).isFalse();
    assertThat(republications.isIdle()).isFalse();
    assertThat(told()).isEmpty();
  }

  private Republications restored() {
    return restored(shard);
  }

  private Republications restored(Shard from) {
    return restored(new VersionWalks(List.of(from)));
  }

  private Republications restored(VersionWalks walks) {
    return new Republications(new Publisher(output, "documents", () -> 0), queue, walks, encoders);
  }

  /** The second one answers. */
  private VersionWalks twoOfWhichTheFirstFails() throws InterruptedException {
    shard.follow(proposed(SERVING, 2, BUILDING, READY, ACTIVE));
    shard.walks().put(1, WalkPhase.LATE);
    shard.walks().put(2, WalkPhase.COMPLETE);
    isGone = true;
    encoders.want(1, tiny.tower());
    mails.runUntil(() -> encoders.isFailing(1));
    isGone = false;
    encoders.want(2, tiny.tower());
    mails.runUntil(() -> encoders.get(2) != null);
    return new VersionWalks(List.of(shard));
  }

  private void openAgain() throws InterruptedException {
    encoders.retry();
    mails.runUntil(() -> encoders.get(1) != null);
  }

  private SharedModels<Encoder>.Lease gone() {
    return broken.lease(
        new Hash128(0, 2),
        () -> {
          throw new CheckpointException("it is gone");
        });
  }

  private void open() throws InterruptedException {
    encoders.want(1, tiny.tower());
    mails.runUntil(() -> encoders.get(1) != null);
  }

  private List<VectorMessage> told() {
    return output.messages;
  }
}
