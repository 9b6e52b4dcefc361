package io.realmstream.model.serving.revision;

import static io.realmstream.model.serving.Edits.SHARD;
import static io.realmstream.model.serving.Edits.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.serving.EndedVersions;
import io.realmstream.model.serving.Manifest;
import io.realmstream.model.serving.VersionedDocument;
import io.realmstream.model.state.HeapTable;
import io.realmstream.schemas.vectors.ShardComplete;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompleteVersionsTest {
  private static final Manifest MANIFEST = Manifest.of(upsert("a", 1, 1));

  private final HeapTable<Integer, ShardComplete> completing = new HeapTable<>();
  private final HeapTable<Integer, Integer> newest = new HeapTable<>();
  private final StagedRevisions staged =
      new StagedRevisions(HeapTable.byText(), new EndedVersions(new HeapTable<>()));
  private final CompleteVersions versions = new CompleteVersions(completing, newest, staged);

  @Test
  void aVersionIsCompleteOnceItsOwnRevisionsAreCurrent() {
    stage(1);
    stage(2);
    versions.add(new ShardComplete(1, SHARD));
    assertThat(take()).isEmpty();
    settle(1);
    assertThat(take()).containsExactly(1);
    assertThat(take()).as("once").isEmpty();
  }

  @Test
  void theFirstVersionAnswersBeforeItIsCompleteSoItIsWaitedFor() {
    stage(1);
    assertThat(versions.isSettled(SHARD)).isFalse();
    settle(1);
    assertThat(versions.isSettled(SHARD)).isTrue();
  }

  @Test
  void aVersionThatIsBeingBuiltKeepsNoCompleteOneWaiting() {
    complete(1);
    stage(2);
    assertThat(versions.isSettled(SHARD)).isTrue();
    stage(1);
    assertThat(versions.isSettled(SHARD)).as("an edit of the complete one").isFalse();
    settle(1);
    assertThat(versions.isSettled(SHARD)).isTrue();
  }

  @Test
  void onceItIsCompleteItIsWaitedForAndOlderOnesStillAre() {
    complete(1);
    complete(2);
    stage(2);
    assertThat(versions.isSettled(SHARD)).isFalse();
    settle(2);
    complete(1); // a republication says it again
    stage(2);
    assertThat(versions.isSettled(SHARD)).isFalse();
    settle(2);
    stage(1);
    assertThat(versions.isSettled(SHARD)).as("it may be the one that answers").isFalse();
  }

  @Test
  void whatIsForgottenOrHadItsTimeIsNotSaid() {
    stage(1);
    stage(2);
    versions.add(new ShardComplete(1, SHARD));
    versions.add(new ShardComplete(2, SHARD));
    versions.remove(2);
    settle(2);
    assertThat(take()).isEmpty();
    versions.forget();
    settle(1);
    assertThat(take()).isEmpty();
    assertThat(completing.size()).isZero();
  }

  @Test
  void oneShardSaysNothingOfAnother() {
    complete(1);
    staged.put(SHARD + 1, document(2), MANIFEST);
    assertThat(versions.isSettled(SHARD + 1)).isFalse();
  }

  private void complete(int version) {
    versions.add(new ShardComplete(version, SHARD));
    assertThat(take()).containsExactly(version);
  }

  private List<Integer> take() {
    return versions.take(SHARD).stream().map(ShardComplete::version).toList();
  }

  private void stage(int version) {
    staged.put(SHARD, document(version), MANIFEST);
  }

  private void settle(int version) {
    staged.remove(SHARD, document(version));
  }

  private static VersionedDocument document(int version) {
    return new VersionedDocument(version, "a");
  }
}
