package io.realmstream.model.updating.schedule;

import static io.realmstream.model.updating.TestVersions.proposed;
import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.SharedModels;
import io.realmstream.model.updating.AcceptedDebt;
import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.Mails;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.WalkPhase;
import io.realmstream.model.updating.backlog.WorkQueue;
import io.realmstream.model.updating.build.VersionWalks;
import io.realmstream.model.updating.build.WalkSlices;
import io.realmstream.model.updating.build.WrittenVersions;
import io.realmstream.model.updating.publish.Encoders;
import io.realmstream.model.updating.publish.Publisher;
import io.realmstream.model.updating.publish.RecordedOutput;
import io.realmstream.model.updating.publish.TinyTower;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ShardRound;
import io.realmstream.schemas.version.EncoderTower;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two versions that were left out of a republication: each has its turn as soon as it can. */
@Timeout(600)
class LeftOutVersionsTest {
  /** The second one answers; the first can be rolled back to, the third is built. */
  private static final VersionTable THREE =
      proposed(
          proposed(
              proposed(VersionTable.EMPTY, 1, BUILDING, READY, ACTIVE), 2, BUILDING, READY, ACTIVE),
          3,
          BUILDING);

  /** The versions whose towers cannot be opened now. */
  private final Set<Integer> gone = new TreeSet<>(Set.of(1, 3));

  private final Shard shard = HeapShard.empty(0);
  private final RecordedOutput output = new RecordedOutput();
  private final Publisher publisher = new Publisher(output, "documents", () -> 0);
  private final WorkQueue queue = new WorkQueue();
  private final Mails mails = new Mails();
  private final TinyTower tiny;
  private final SharedModels<Encoder> broken = new SharedModels<>(warning -> {});
  private final Encoders encoders;

  LeftOutVersionsTest(@TempDir Path directory) throws Exception {
    tiny = new TinyTower(directory);
    encoders = new Encoders(this::lease, mails, version -> {});
    shard.debt(AcceptedDebt.NONE);
    shard.follow(THREE);
    shard.walks().put(1, WalkPhase.LATE);
    shard.walks().put(2, WalkPhase.COMPLETE);
    shard.walks().put(3, WalkPhase.BUILD);
  }

  @AfterEach
  void close() {
    encoders.close();
    tiny.close();
  }

  @Test
  void eachFollowsAsSoonAsItsOwnTowerIsOpen() throws Exception {
    for (int version : List.of(1, 2, 3)) {
      encoders.want(version, tower(version));
    }
    mails.runUntil(() -> encoders.isFailing(1) && encoders.get(2) != null && encoders.isFailing(3));
    VersionWalks walks = new VersionWalks(List.of(shard));
    Republications republications = new Republications(publisher, queue, walks, encoders);
    republications.ask(shard);
    republications.advance();
    assertThat(walks.held(shard)).containsExactlyInAnyOrder(1, 3);
    assertThat(republications.hasMore()).isFalse();

    open(3);
    assertThat(republications.hasMore()).isTrue();
    republications.advance();
    assertThat(walks.held(shard)).containsExactly(1);
    assertThat(republications.hasMore()).isFalse();

    open(1);
    republications.advance();
    assertThat(walks.held(shard)).isEmpty();
    assertThat(output.of(ShardRound.class).stream().filter(ShardRound::ends))
        .extracting(ShardRound::versions)
        .containsExactly(List.of(2), List.of(2, 3), List.of(1, 2, 3));
  }

  @Test
  void roundForOneThatIsGoneMeanwhileEnds() throws Exception {
    gone.remove(1);
    VersionWalks walks = new VersionWalks(List.of(shard));
    Republications republications = republished(walks);
    assertThat(walks.held(shard)).containsExactly(3);
    shard.follow(proposed(THREE, 3, REFUSED));
    new WrittenVersions(new WalkSlices(walks, queue, publisher), encoders, publisher).update(shard);
    encoders.drop(3);

    republications.advance();
    assertThat(republications.isIdle()).isTrue();
  }

  /** Another version may take its place only if it is republished, too. */
  @Test
  void oneThatAnswersAndIsLateIsLeftOutAsWell() throws Exception {
    gone.clear();
    gone.add(2);
    shard.walks().put(2, WalkPhase.LATE);
    VersionWalks walks = new VersionWalks(List.of(shard));
    republished(walks);
    assertThat(walks.held(shard)).containsExactly(2);
    assertThat(output.of(ShardRound.class).get(1).versions()).containsExactly(1, 3);
  }

  /** What was asked for once, as far as that goes. */
  private Republications republished(VersionWalks walks) throws InterruptedException {
    for (int version : List.of(1, 2, 3)) {
      encoders.want(version, tower(version));
      mails.runUntil(() -> encoders.isFailing(version) || encoders.get(version) != null);
    }
    Republications republications = new Republications(publisher, queue, walks, encoders);
    republications.ask(shard);
    republications.advance();
    return republications;
  }

  private void open(int version) throws InterruptedException {
    gone.remove(version);
    encoders.retry();
    mails.runUntil(() -> encoders.get(version) != null);
  }

  /** The prefix says which version it is of. */
  private EncoderTower tower(int version) {
    EncoderTower tower = tiny.tower();
    return new EncoderTower(
        tower.trunk(),
        tower.tokenizer(),
        null,
        tower.pooling(),
        tower.normalized(),
        Integer.toString(version),
        tower.title(),
        tower.tokensMax());
  }

  private SharedModels<Encoder>.Lease lease(EncoderTower tower) {
    int version = Integer.parseInt(tower.prefix());
    return gone.contains(version)
        ? broken.lease(new Hash128(1, version), LeftOutVersionsTest::fail)
        : tiny.lease(tower);
  }

  private static Encoder fail() throws CheckpointException {
    throw new CheckpointException("it is gone");
  }
}
