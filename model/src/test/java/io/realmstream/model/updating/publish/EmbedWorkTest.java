package io.realmstream.model.updating.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.TestEdits;
import io.realmstream.model.updating.publish.EmbedWork.Order;
import io.realmstream.model.updating.publish.EmbedWork.Target;
import io.realmstream.model.updating.reuse.KnownOutputs;
import io.realmstream.model.updating.reuse.KnownOutputs.Effort;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageTrunk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedWorkTest {
  private static final String TWO_PASSAGES = "a a a a a.\n\nc c c c c.";

  private final TinyTower tower;

  EmbedWorkTest(@TempDir Path directory) throws Exception {
    tower = new TinyTower(directory);
  }

  @AfterEach
  void close() {
    tower.close();
  }

  @Test
  void eachPassageIsAStepBehindTheSplit() {
    EmbedWork work = work(TWO_PASSAGES, KnownOutputs.NONE);
    assertThat(work.isTaken()).isFalse();
    assertThat(work.run(work.takeStep())).isFalse();
    assertThat(work.passagesToEmbed()).isEqualTo(2);
    assertThat(work.run(work.takeStep())).isFalse();
    assertThat(work.isTaken()).isFalse();

    assertThat(work.run(work.takeStep())).isTrue();
    assertThat(work.isTaken()).isTrue();
    assertThat(work.failure()).isNull();
    assertThat(work.inserts(false)).extracting(PassageInsert::uid).isEqualTo(uids(work));
    assertThat(work.inserts(false).get(0).vector()).containsExactly(1, 0);
    assertThat(work.inserts(false).get(1).vector()).containsExactly(0, 1);
    assertThat(work.trunkOutputs()).containsOnlyKeys(uids(work));
  }

  @Test
  void textWithoutAWordIsDoneWithTheSplit() {
    EmbedWork work = work(" ", KnownOutputs.NONE);

    assertThat(work.run(work.takeStep())).isTrue();
    assertThat(work.isTaken()).isTrue();
    assertThat(work.diff().manifest()).isEmpty();
    assertThat(work.inserts(false)).isEmpty();
  }

  @Test
  void publishedPassageIsEmbeddedOnlyIfTheWholeIsAskedFor() {
    List<Hash128> uids = uids(TinyTower.run(work(TWO_PASSAGES, KnownOutputs.NONE)));
    Set<Hash128> published = Set.of(uids.get(0));
    EmbedWork changes = TinyTower.run(work(TWO_PASSAGES, published, false, KnownOutputs.NONE));
    EmbedWork whole = TinyTower.run(work(TWO_PASSAGES, published, true, KnownOutputs.NONE));

    assertThat(changes.inserts(false)).extracting(PassageInsert::uid).containsExactly(uids.get(1));
    assertThat(whole.inserts(false)).extracting(PassageInsert::uid).isEqualTo(uids);
    assertThat(whole.diff().unchanged()).isEqualTo(1);
  }

  @Test
  void knownOutputIsProjectedWithoutTheTransformer() {
    List<Hash128> uids = uids(TinyTower.run(work(TWO_PASSAGES, KnownOutputs.NONE)));
    TrunkOutput live = new TrunkOutput(new float[] {0, -5}, true, 1);
    TrunkOutput dropped = new TrunkOutput(new float[] {-5, 0}, false, 1);
    KnownOutputs known = new KnownOutputs(Map.of(uids.get(0), live), Map.of(uids.get(1), dropped));
    EmbedWork work = TinyTower.run(work(TWO_PASSAGES, known));

    assertThat(work.inserts(false).get(0).vector()).containsExactly(0, -1);
    assertThat(work.inserts(false).get(1).vector()).containsExactly(-1, 0);
    assertThat(work.truncated()).containsExactly(uids.get(0));
    assertThat(work.count(Effort.REPROJECTED)).isEqualTo(1);
    assertThat(work.count(Effort.REUSED)).isEqualTo(1);
    assertThat(work.count(Effort.EMBEDDED)).isZero();
    // what is live is stored already; what was dropped is to be stored again
    assertThat(work.trunkOutputs()).isEqualTo(Map.of(uids.get(1), dropped));
  }

  @Test
  void anInsertTellsItsTrunkOutputWhetherItWasStoredOrIsFresh() {
    List<Hash128> uids = uids(TinyTower.run(work(TWO_PASSAGES, KnownOutputs.NONE)));
    TrunkOutput live = new TrunkOutput(new float[] {0, -5}, true, 1);
    EmbedWork work =
        TinyTower.run(work(TWO_PASSAGES, new KnownOutputs(Map.of(uids.get(0), live), Map.of())));
    Hash128 digest = TowerDigest.ofTrunk(tower.opened().tower());

    assertThat(work.inserts(false)).allMatch(insert -> insert.trunk() == null);
    PassageTrunk stored = Objects.requireNonNull(work.inserts(true).get(0).trunk());
    assertThat(stored.digest()).isEqualTo(digest);
    assertThat(stored.output()).containsExactly(0, -5);
    PassageTrunk fresh = Objects.requireNonNull(work.inserts(true).get(1).trunk());
    assertThat(fresh.output())
        .isEqualTo(Objects.requireNonNull(work.trunkOutputs().get(uids.get(1))).pooled());
  }

  @Test
  void failureNamesThePassageAndEndsTheWork() {
    EmbedWork work = TinyTower.run(work("b b b b b.\n\nc c c c c.", KnownOutputs.NONE));

    assertThat(work.failure()).startsWith("passage at 0: ").contains("length 0");
    assertThatThrownBy(() -> work.inserts(false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("passage 0 has no vector");
  }

  @Test
  void passagesBehindAFailureAreNotEmbedded() {
    EmbedWork work = TinyTower.run(work("b b b b b.\n\nc c c c c.", KnownOutputs.NONE));

    assertThat(work.trunkOutputs()).containsOnlyKeys(uids(work).get(0));
  }

  @Test
  void onlyARebuildBehindTheVersionThatAnswersIsInTheBackground() {
    assertThat(work(false, true, false).isBackground()).isTrue();
    assertThat(work(true, true, false).isBackground()).isFalse();
    assertThat(work(false, false, false).isBackground()).isFalse();
  }

  @Test
  void stepsOfACheckCountAsSuch() {
    EmbedWork check = TinyTower.run(work(false, true, true));
    EmbedWork rebuild = TinyTower.run(work(false, true, false));

    assertThat(check.effort(1)).isEqualTo(Effort.CHECKED);
    assertThat(rebuild.effort(1)).isEqualTo(Effort.EMBEDDED);
  }

  private static List<Hash128> uids(EmbedWork work) {
    return work.diff().manifest().stream().map(ManifestEntry::uid).toList();
  }

  private EmbedWork work(String text, KnownOutputs known) {
    return work(text, Set.of(), false, known);
  }

  private EmbedWork work(String text, Set<Hash128> published, boolean whole, KnownOutputs known) {
    return new EmbedWork(
        new Order(
            HeapShard.empty(0),
            TestEdits.upsert("d", 1, text),
            new Target(1, tower.opened(), false),
            true,
            published,
            whole,
            known,
            false));
  }

  private EmbedWork work(boolean edit, boolean behind, boolean check) {
    return new EmbedWork(
        new Order(
            HeapShard.empty(0),
            TestEdits.upsert("d", 1, "a"),
            new Target(1, tower.opened(), behind),
            edit,
            Set.of(),
            false,
            KnownOutputs.NONE,
            check));
  }
}
