package io.realmstream.model.updating;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.document.DocumentInVersion;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.state.Walk;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.VersionState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardTest {
  private static final WantedEdit FIRST = TestEdits.upsert("a", 1, "One.");
  private static final WantedEdit SECOND = TestEdits.upsert("a", 2, "Two.");
  private static final WantedEdit GONE = TestEdits.delete("a", 3);

  private final HeapShard state = new HeapShard();
  private final Shard shard = state.open(7);

  @Test
  void documentIsLiveOnceUntilItIsDeleted() {
    shard.want("a", FIRST);
    shard.want("a", SECOND);
    assertThat(shard.live()).isEqualTo(1);
    assertThat(shard.current("a")).isEqualTo(SECOND.state());

    shard.delete("a", GONE.state());
    shard.delete("a", GONE.state());
    assertThat(shard.live()).isZero();
    assertThat(shard.wanted("a")).isNull();
    assertThat(shard.current("a")).isEqualTo(GONE.state());
    assertThat(ids(shard.deletions())).containsExactly("a");
  }

  @Test
  void documentThatComesBackIsNotDeleted() {
    shard.delete("a", GONE.state());
    shard.want("a", TestEdits.upsert("a", 4, "Four."));

    assertThat(shard.tombstone("a")).isNull();
    assertThat(ids(shard.documents())).containsExactly("a");
  }

  @Test
  void earliestEditThatIsNotPublishedCounts() {
    shard.pend("a", 7);
    shard.pend("a", 5);
    shard.pend("a", 6);
    assertThat(shard.pending().next().getValue()).isEqualTo(5);

    shard.settle("a");
    assertThat(shard.pending().hasNext()).isFalse();
  }

  @Test
  void documentIsPublishedInEachVersionByItself() {
    shard.publish("a", 1, TestEdits.published(FIRST));
    shard.publish("a", 2, TestEdits.published(SECOND));
    shard.unpublish(new DocumentInVersion("a", 1));

    assertThat(shard.published("a", 1)).isNull();
    assertThat(shard.published("a", 2)).isEqualTo(TestEdits.published(SECOND));
  }

  @Test
  void restoredShardKnowsWhatItKnew() {
    VersionTable table =
        TestVersions.proposed(
            VersionTable.EMPTY, 1, VersionState.BUILDING, VersionState.READY, VersionState.ACTIVE);
    shard.want("a", FIRST);
    shard.follow(table);
    shard.untaken(5L);
    shard.debt(AcceptedDebt.NOTED);
    shard.republish(new Republication(3, true));
    Shard restored = state.open(7);

    assertThat(restored.live()).isEqualTo(1);
    assertThat(restored.versions()).isEqualTo(table);
    assertThat(restored.untakenSince()).isEqualTo(5);
    assertThat(restored.acceptedRead()).isTrue();
    assertThat(restored.republication()).isEqualTo(new Republication(3, true));
  }

  @Test
  void stateWithoutATableIsNewOnce() {
    assertThat(shard.takeNew()).isTrue();
    assertThat(shard.takeNew()).isFalse();
    shard.follow(VersionTable.EMPTY);
    assertThat(state.open(7).takeNew()).isFalse();
  }

  @Test
  void versionIsBehindWhenAnotherAnswers() {
    VersionTable building = TestVersions.proposed(VersionTable.EMPTY, 1, VersionState.BUILDING);
    shard.follow(building);
    assertThat(shard.isBehind(1)).isFalse();

    VersionTable serving =
        TestVersions.proposed(building, 1, VersionState.READY, VersionState.ACTIVE);
    shard.follow(TestVersions.proposed(serving, 2, VersionState.BUILDING));
    assertThat(shard.isBehind(1)).isFalse();
    assertThat(shard.isBehind(2)).isTrue();
  }

  private static List<String> ids(Walk<String> walk) {
    List<String> ids = new ArrayList<>();
    for (String id = walk.next(); id != null; id = walk.next()) {
      ids.add(id);
    }
    return ids;
  }
}
