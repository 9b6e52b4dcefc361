package io.realmstream.model.serving.revision;

import static io.realmstream.model.serving.Edits.SHARD;
import static io.realmstream.model.serving.Edits.VERSION;
import static io.realmstream.model.serving.Edits.change;
import static io.realmstream.model.serving.Edits.delete;
import static io.realmstream.model.serving.Edits.document;
import static io.realmstream.model.serving.Edits.firstHalf;
import static io.realmstream.model.serving.Edits.passage;
import static io.realmstream.model.serving.Edits.uid;
import static io.realmstream.model.serving.Edits.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.serving.EndedVersions;
import io.realmstream.model.serving.Versioned;
import io.realmstream.model.state.HeapTable;
import io.realmstream.model.state.Table;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DocumentShardTest {
  /** Of an answer that claims nothing. */
  private static final long UNCLAIMED = Long.MIN_VALUE;

  private final DocumentShard shard =
      new DocumentShard(
          new DocumentShard.Tables(
              HeapTable.byText(), HeapTable.byText(), HeapTable.byText(), HeapTable.byText()),
          new StagedRevisions(HeapTable.byText(), new EndedVersions(new HeapTable<>())),
          new HeldTexts(HeapTable.byText(), HeapTable.byText(), HeapTable.byText()),
          new SupersededRevisions(
              HeapTable.byText(), HeapTable.byText(), HeapTable.byText(), new HeapTable<>()));

  @Test
  void aRevisionIsSeenOnceAllItsPassagesAreInTheCells() {
    assertThat(accept(upsert("a", 1, 1, 2)).flip()).isNull();
    assertThat(acknowledge("a", 1, 1)).isNull();
    assertThat(revision(1)).isNull();
    assertThat(shard.staged().isSettled(SHARD)).isFalse();

    Flip flip = Objects.requireNonNull(acknowledge("a", 1, 2));
    assertThat(flip.before()).isNull();
    assertThat(revision(1)).isEqualTo(1);
    assertThat(revision(2)).isEqualTo(1);
    assertThat(shard.staged().isSettled(SHARD)).isTrue();
  }

  @Test
  void theRevisionBeforeIsSeenWholeUntilThen() {
    serve("a", 1, 1);
    accept(change("a", 2, new int[] {2}, 1, 2));
    assertThat(revision(1)).isEqualTo(1);
    assertThat(revision(2)).isNull();
    acknowledge("a", 2, 2);
    assertThat(revision(1)).isEqualTo(2);
    assertThat(revision(2)).isEqualTo(2);
  }

  @Test
  void aQuestionSeesWhatWasCurrentWhenItWasStamped() {
    serve("a", 1, 1);
    accept(upsert("a", 2, 2));
    shard.acknowledge(ack("a", 2, 2), 50);
    FoundPassage before = Objects.requireNonNull(shard.find(passage(1), 49, UNCLAIMED));
    assertThat(before.quoted().text()).isEqualTo("text of a");
    assertThat(shard.find(passage(1), 51, UNCLAIMED)).isNull();
    assertThat(shard.find(passage(2), 51, UNCLAIMED)).isNotNull();
  }

  @Test
  void anOlderRevisionChangesNothing() {
    serve("a", 5, 1);
    assertThat(accept(upsert("a", 4, 2))).isEqualTo(DocumentShard.Accepted.NOTHING);
    acknowledge("a", 4, 2);
    assertThat(revision(1)).isEqualTo(5);
    assertThat(revision(2)).isNull();
  }

  @Test
  void aNewerRevisionTakesThePlaceOfOneOnItsWay() {
    accept(upsert("a", 1, 1));
    accept(upsert("a", 2, 2));
    assertThat(acknowledge("a", 1, 1)).isNull();
    assertThat(acknowledge("a", 2, 2)).isNotNull();
    assertThat(revision(1)).isNull();
    assertThat(revision(2)).isEqualTo(2);
  }

  @Test
  void aDeletedDocumentIsFoundNoMoreAndAnEarlierEditDoesNotBringItBack() {
    serve("a", 1, 1);
    Flip flip = Objects.requireNonNull(accept(delete("a", 3)).flip());
    assertThat(flip.status(0).changes().removed()).isEqualTo(1);
    assertThat(revision(1)).isNull();
    accept(upsert("a", 2, 1));
    acknowledge("a", 2, 1);
    assertThat(revision(1)).isNull();
  }

  @Test
  void aManifestThatNamesATextThatNeverCameIsLacking() {
    assertThat(accept(change("a", 1, new int[] {1}, 1, 2)).lacking()).isTrue();
    assertThat(shard.staged().isSettled(SHARD)).isTrue();
  }

  @Test
  void aRevisionOfTwoRecordsIsOne() {
    assertThat(accept(firstHalf("a", 1, 1))).isEqualTo(DocumentShard.Accepted.NOTHING);
    acknowledge("a", 1, 1);
    assertThat(revision(1)).isNull();
    accept(change("a", 1, new int[] {2}, 1, 2));
    acknowledge("a", 1, 2);
    assertThat(revision(1)).isEqualTo(1);
  }

  @Test
  void anAcknowledgementMayOvertakeItsRecord() {
    assertThat(acknowledge("a", 1, 1)).isNull();
    assertThat(accept(upsert("a", 1, 1)).flip()).isNotNull();
    assertThat(revision(1)).isEqualTo(1);
  }

  @Test
  void whatARepublicationDoesNotNameIsRemovedWithAllItHeld() {
    serve("a", 1, 1);
    Flip flip = shard.remove(SHARD, document("a"), 20);
    assertThat(flip).isNotNull();
    assertThat(shard.remove(SHARD, document("a"), 20)).isNull();
    shard.forget(20 + SupersededRevisions.KEPT_MS);
    assertThat(shard.tables()).allSatisfy(DocumentShardTest::assertEmpty);
  }

  private static void assertEmpty(Table<? extends Versioned, ?> table) {
    assertThat(table.isEmpty()).isTrue();
  }

  private void serve(String document, long revision, int uid) {
    accept(upsert(document, revision, uid));
    assertThat(acknowledge(document, revision, uid)).isNotNull();
  }

  private DocumentShard.Accepted accept(PassageVectors record) {
    return shard.accept(record, false, 10);
  }

  private @Nullable Flip acknowledge(String document, long revision, int uid) {
    return shard.acknowledge(ack(document, revision, uid), 10);
  }

  private static Ack ack(String document, long revision, int uid) {
    return new Ack(SHARD, VERSION, document, uid(uid), revision, DocumentRevision.NO_EDIT, 0, 1);
  }

  /** The revision that a question that is stamped now sees a passage in. */
  private @Nullable Long revision(int uid) {
    FoundPassage found = shard.find(passage(uid), 100, UNCLAIMED);
    return found == null ? null : Long.valueOf(found.quoted().revision());
  }
}
