package io.realmstream.model.serving.revision;

import static io.realmstream.model.serving.Edits.SHARD;
import static io.realmstream.model.serving.Edits.VERSION;
import static io.realmstream.model.serving.Edits.change;
import static io.realmstream.model.serving.Edits.document;
import static io.realmstream.model.serving.Edits.passage;
import static io.realmstream.model.serving.Edits.uid;
import static io.realmstream.model.serving.Edits.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.serving.Manifest;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.state.HeapTable;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.PassageVectors;
import org.junit.jupiter.api.Test;

class HeldTextsTest {
  private final HeapTable<VersionedPassage, IndexedPassage> indexed = HeapTable.byText();
  private final HeldTexts texts = new HeldTexts(HeapTable.byText(), HeapTable.byText(), indexed);

  @Test
  void aManifestLacksAPassageWhoseTextNeverCame() {
    PassageVectors record = change("a", 1, new int[] {1}, 1, 2);
    texts.hold(document("a"), record);
    assertThat(texts.lacks(record, null)).isTrue();
    PassageVectors whole = upsert("a", 1, 1, 2);
    texts.hold(document("a"), whole);
    assertThat(texts.lacks(whole, null)).isFalse();
  }

  @Test
  void aTextCountsUntilANewerRevisionIsWithoutIt() {
    texts.hold(document("a"), upsert("a", 1, 1));
    texts.hold(document("a"), upsert("a", 2, 2));
    PassageVectors third = change("a", 3, new int[0], 1);
    assertThat(texts.lacks(third, Manifest.of(upsert("a", 1, 1)))).isFalse();
    assertThat(texts.lacks(third, Manifest.of(upsert("a", 2, 2)))).isTrue();
    texts.hold(document("a"), upsert("a", 3, 1));
    assertThat(texts.lacks(third, Manifest.of(upsert("a", 2, 2)))).isFalse();
  }

  @Test
  void aPassageIsIndexedAsItsTextCameLast() {
    texts.hold(document("a"), upsert("a", 1, 1));
    assertThat(texts.isIndexed(passage(1))).isFalse();
    texts.acknowledge(passage(1), ack(1, 0, 2));
    assertThat(texts.isIndexed(passage(1))).as("one of two copies").isFalse();
    texts.acknowledge(passage(1), ack(1, 1, 2));
    assertThat(texts.isIndexed(passage(1))).isTrue();
    texts.hold(document("a"), upsert("a", 2, 1));
    assertThat(texts.isIndexed(passage(1))).as("of the revision before").isFalse();
  }

  @Test
  void whatANewManifestDoesNotNameIsForgotten() {
    texts.hold(document("a"), upsert("a", 1, 1, 2));
    texts.acknowledge(passage(2), ack(1, 0, 1));
    var forgotten = texts.forgetAllBut(document("a"), Manifest.of(upsert("a", 1, 1)));
    assertThat(forgotten).containsOnlyKeys(uid(2));
    assertThat(texts.contains(passage(1))).isTrue();
    assertThat(texts.contains(passage(2))).isFalse();
    assertThat(indexed.isEmpty()).as("its acknowledgement goes with it").isTrue();
  }

  @Test
  void textsOfALaterRevisionStay() {
    texts.hold(document("a"), upsert("a", 1, 1));
    texts.hold(document("a"), upsert("a", 3, 2));
    assertThat(texts.forgetAllBut(document("a"), Manifest.of(upsert("a", 1, 1)))).isEmpty();
    assertThat(texts.contains(passage(2))).isTrue();
  }

  @Test
  void nothingIsLeftOfADocumentThatIsGone() {
    texts.hold(document("a"), upsert("a", 1, 1));
    texts.acknowledge(passage(1), ack(1, 0, 1));
    texts.forgetAllBut(document("a"), Manifest.NOTHING);
    assertThat(texts.tables()).allSatisfy(table -> assertThat(table.isEmpty()).isTrue());
  }

  private static Ack ack(long revision, int copy, int copies) {
    return new Ack(SHARD, VERSION, "a", uid(1), revision, DocumentRevision.NO_EDIT, copy, copies);
  }
}
