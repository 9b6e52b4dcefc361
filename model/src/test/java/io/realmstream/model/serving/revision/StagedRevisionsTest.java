package io.realmstream.model.serving.revision;

import static io.realmstream.model.serving.Edits.SHARD;
import static io.realmstream.model.serving.Edits.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.serving.EndedVersions;
import io.realmstream.model.serving.Manifest;
import io.realmstream.model.serving.VersionedDocument;
import io.realmstream.model.state.HeapTable;
import io.realmstream.model.version.EndedIndexes;
import org.junit.jupiter.api.Test;

class StagedRevisionsTest {
  private static final Manifest MANIFEST = Manifest.of(upsert("a", 1, 1));

  private final HeapTable<VersionedDocument, Manifest> table = HeapTable.byText();
  private final EndedVersions ended = new EndedVersions(new HeapTable<>());
  private final StagedRevisions staged = new StagedRevisions(table, ended);

  @Test
  void aVersionIsSettledWhenItsOwnAre() {
    staged.put(SHARD, new VersionedDocument(1, "a"), MANIFEST);
    staged.put(SHARD, new VersionedDocument(1, "b"), MANIFEST);
    staged.put(SHARD, new VersionedDocument(1, "b"), MANIFEST);
    assertThat(staged.isSettled(SHARD, 2)).isTrue();
    staged.remove(SHARD, new VersionedDocument(1, "a"));
    assertThat(staged.isSettled(SHARD, 1)).isFalse();
    assertThat(staged.isSettled(SHARD)).isFalse();
    staged.remove(SHARD, new VersionedDocument(1, "b"));
    assertThat(staged.isSettled(SHARD, 1)).isTrue();
    assertThat(staged.isSettled(SHARD)).isTrue();
  }

  @Test
  void aRestartCountsWhatIsStored() {
    staged.put(SHARD, new VersionedDocument(1, "a"), MANIFEST);
    StagedRevisions restored = new StagedRevisions(table, ended);
    assertThat(restored.isSettled(SHARD, 1)).isFalse();
    restored.remove(SHARD, new VersionedDocument(1, "a"));
    assertThat(restored.isSettled(SHARD)).isTrue();
  }

  @Test
  void aVersionThatEndedKeepsNobodyWaiting() {
    staged.put(SHARD, new VersionedDocument(1, "a"), MANIFEST);
    ended.add(SHARD, EndedIndexes.only(1));
    staged.retire(SHARD, 1);
    assertThat(staged.isSettled(SHARD)).isTrue();
    assertThat(new StagedRevisions(table, ended).isSettled(SHARD)).isTrue();
  }
}
