package io.realmstream.model.updating.build;

import static io.realmstream.model.updating.TestVersions.proposed;
import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.PAUSED;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.document.DocumentInVersion;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.Mails;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.TestEdits;
import io.realmstream.model.updating.WalkPhase;
import io.realmstream.model.updating.backlog.WorkQueue;
import io.realmstream.model.updating.publish.EmbedWork;
import io.realmstream.model.updating.publish.Encoders;
import io.realmstream.model.updating.publish.Publisher;
import io.realmstream.model.updating.publish.RecordedOutput;
import io.realmstream.model.updating.publish.TinyTower;
import io.realmstream.model.updating.reuse.KnownOutputs;
import io.realmstream.model.updating.reuse.TrunkOutputs;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class SelfChecksTest {
  private static final String TWO_PASSAGES = "a a a a a.\n\nc c c c c.";

  private final Shard shard = HeapShard.empty(0);
  private final RecordedOutput output = new RecordedOutput();
  private final Publisher publisher = new Publisher(output, "documents", () -> 0);
  private final Mails mails = new Mails();
  private final WorkQueue queue = new WorkQueue();
  private final VersionWalks walks = new VersionWalks(List.of(shard));
  private final WalkSlices slices = new WalkSlices(walks, queue, publisher);
  private final TinyTower tiny;
  private final Encoders encoders;
  private final SelfChecks checks;
  private final VersionWalk walk;

  SelfChecksTest(@TempDir Path directory) throws Exception {
    tiny = new TinyTower(directory);
    encoders = new Encoders(tiny::lease, mails, version -> {});
    checks = new SelfChecks(slices, encoders, publisher, 1);
    shard.follow(proposed(VersionTable.EMPTY, 1, BUILDING));
    walk = walks.begin(shard, 1, WalkPhase.BUILD);
    walk.lastSequence = 0L;
  }

  @AfterEach
  void close() {
    encoders.close();
    tiny.close();
  }

  @Test
  void shardThatIsAsAFreshOnePassesAfterItsSampleIsEmbedded() throws Exception {
    publish(TWO_PASSAGES);
    List<EmbedWork> works = begin();
    assertThat(works).hasSize(1);
    assertThat(works.get(0).order().check()).isTrue();
    assertThat(checks.advance(shard)).as("told once").isEmpty();
    assertThat(completed()).isEmpty();

    checks.embedded(TinyTower.run(works.get(0)));
    assertThat(works.get(0).passagesToEmbed()).as("the sample alone").isEqualTo(1);
    assertThat(checks.advance(shard)).isEmpty();
    assertThat(completed()).containsExactly(new ShardComplete(1, 0));
    assertThat(walks.isComplete(shard, 1)).isTrue();
    assertThat(output.proposals).isEmpty();
  }

  @Test
  void walkWithATaskLeftIsNotChecked() throws Exception {
    publish("a");
    open();
    queue.rebuild(shard, "d");
    walk.lastSequence = queue.lastSequence();
    assertThat(checks.advance(shard)).isEmpty();

    assertThat(slices.isUnderWay(walk)).isFalse();
  }

  @Test
  void editsThatPassedByAreFoundWhenTheWalkEndsUnlessAnotherVersionIsLate() throws Exception {
    open();
    shard.untaken(7L);
    walks.begin(shard, 2, WalkPhase.LATE);
    begin();
    assertThat(completed()).containsExactly(new ShardComplete(1, 0));
    assertThat(shard.untakenSince()).isEqualTo(7L);

    encoders.want(2, tiny.tower());
    mails.runUntil(() -> encoders.get(2) != null);
    VersionWalk late = Objects.requireNonNull(walks.get(shard, 2));
    late.lastSequence = 0L;
    checks.advance(shard);
    slices.advance();
    checks.advance(shard);
    assertThat(completed()).hasSize(2);
    assertThat(shard.untakenSince()).isNull();
  }

  @Test
  void nothingIsSampledBeforeTheWalkOverTheDocumentsEnds() throws Exception {
    publish("a");
    open();
    assertThat(checks.advance(shard)).isEmpty();
    assertThat(checks.advance(shard)).isEmpty();

    assertThat(slices.isUnderWay(walk)).isTrue();
  }

  @Test
  void anotherVectorHoldsTheVersionOnce() throws Exception {
    Hash128 uid = publish("a");
    TrunkOutput other = new TrunkOutput(new float[] {0, 1}, false, 0);
    shard
        .trunks()
        .keep(
            shard.versions(),
            new DocumentInVersion("d", 1),
            new TrunkOutputs.Gain(Map.of(uid, other), List.of()));
    check();
    checks.advance(shard);
    checks.advance(shard);

    assertThat(completed()).isEmpty();
    assertThat(output.selfChecksFailed).isEqualTo(1);
    assertThat(output.proposals)
        .extracting(VersionProposal::reason)
        .containsExactly(
            "self-check of shard 0 found 1 differences: passage "
                + uid
                + " of document d has another vector afresh");
  }

  @Test
  void refusalThatIsOvertakenIsProposedAgainFromTheStateThatTheLogShows() throws Exception {
    differ("c");
    VersionTable paused = proposed(shard.versions(), 1, PAUSED);
    follow(paused);
    VersionTable resumed = proposed(paused, 1, BUILDING);
    follow(resumed);
    follow(proposed(resumed, 1, REFUSED));

    assertThat(refusedFrom()).containsExactly(BUILDING, PAUSED, BUILDING);
    assertThat(output.selfChecksFailed).isEqualTo(1);
  }

  /** It stays ACTIVE: its refusal only says why it does not become complete. */
  @Test
  void versionThatAnswersMeanwhileIsRefusedOnceMore() throws Exception {
    differ("c");
    VersionTable active = proposed(shard.versions(), 1, ACTIVE);
    follow(active);
    follow(proposed(active, 1, REFUSED));

    assertThat(refusedFrom()).containsExactly(BUILDING, ACTIVE);
    assertThat(output.proposals).extracting(VersionProposal::proposalId).doesNotHaveDuplicates();
  }

  @Test
  void versionThatIsCompleteIsNotRefused() throws Exception {
    shard.follow(proposed(shard.versions(), 1, READY));
    differ("c");

    assertThat(refusedFrom()).isEmpty();
    assertThat(output.selfChecksFailed).isEqualTo(1);
  }

  @Test
  void otherPassagesAreADifference() throws Exception {
    differ("c");

    assertThat(completed()).isEmpty();
    assertThat(output.proposals.get(0).reason()).endsWith("document d has other passages afresh");
  }

  @Test
  void documentThatCannotBeEmbeddedAfreshIsADifference() throws Exception {
    differ("b");

    assertThat(completed()).isEmpty();
    assertThat(output.proposals.get(0).reason())
        .contains("document d cannot be embedded afresh: passage at 0: ");
  }

  @Test
  void editThatComesMeanwhileIsNoDifference() throws Exception {
    publish("a");
    want("c");
    List<EmbedWork> works = begin();
    shard.want("d", TestEdits.upsert("d", 2, "Another text."));
    checks.embedded(TinyTower.run(works.get(0)));
    checks.advance(shard);

    assertThat(completed()).hasSize(1);
  }

  @Test
  void documentThatIsDeletedBeforeItIsEmbeddedIsNoDifference() throws Exception {
    publish("a");
    open();
    checks.advance(shard);
    slices.advance();
    shard.delete("d", TestEdits.delete("d", 2).state());

    assertThat(checks.advance(shard)).isEmpty();
    assertThat(completed()).hasSize(1);
  }

  @Test
  void walkNeedsItsEncoder() throws Exception {
    publish("a");
    checks.advance(shard);
    slices.advance();

    assertThatThrownBy(() -> checks.advance(shard))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("walked without an encoder: version 1");
  }

  private void open() throws InterruptedException {
    encoders.want(1, tiny.tower());
    mails.runUntil(() -> encoders.get(1) != null);
  }

  /** To the works of the sample. */
  private List<EmbedWork> begin() throws InterruptedException {
    open();
    assertThat(checks.advance(shard)).isEmpty();
    slices.advance();
    return checks.advance(shard);
  }

  /** To a check that fails, since another text was published. */
  private void differ(String text) throws InterruptedException {
    publish("a");
    want(text);
    check();
    checks.advance(shard);
  }

  private void follow(VersionTable table) {
    shard.follow(table);
    checks.advance(shard);
    checks.advance(shard);
  }

  private List<VersionState> refusedFrom() {
    return output.proposals.stream().map(proposal -> proposal.change().from()).toList();
  }

  private List<ShardComplete> completed() {
    return output.of(ShardComplete.class);
  }

  private void check() throws InterruptedException {
    begin().forEach(work -> checks.embedded(TinyTower.run(work)));
  }

  /** Another text of the state that is published, as if a bug had published the wrong one. */
  private void want(String text) {
    WantedEdit published = TestEdits.upsert("d", 1, "a");
    WantedEdit other = TestEdits.upsert("d", 1, text);
    shard.want("d", new WantedEdit(other.received(), published.state()));
  }

  private Hash128 publish(String text) {
    WantedEdit edit = TestEdits.upsert("d", 1, text);
    shard.want("d", edit);
    EmbedWork.Target target = new EmbedWork.Target(1, tiny.opened(), false);
    EmbedWork work =
        TinyTower.run(
            new EmbedWork(
                new EmbedWork.Order(
                    shard, edit, target, false, Set.of(), false, KnownOutputs.NONE, false)));
    publisher.publish(work);
    return work.diff().manifest().get(0).uid();
  }
}
