package io.realmstream.model.learning.live;

import static io.realmstream.model.learning.live.Told.OTHER_TRUNK;
import static io.realmstream.model.learning.live.Told.TRUNK;
import static io.realmstream.model.learning.live.Told.insert;
import static io.realmstream.model.learning.live.Told.manifest;
import static io.realmstream.model.learning.live.Told.moved;
import static io.realmstream.model.learning.live.Told.part;
import static io.realmstream.model.learning.live.Told.uid;
import static io.realmstream.model.learning.live.Told.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.state.HeapTable;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.PassageTrunk;
import io.realmstream.schemas.vectors.RecordPart;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LivePassagesTest {
  private static final Hash128 QUERY_TRUNK = new Hash128(5, 5);
  private static final SentenceOutputs SENTENCES =
      new SentenceOutputs(QUERY_TRUNK, 1, new float[] {1, 2});

  private final LivePassages.Tables tables =
      new LivePassages.Tables(HeapTable.byText(), HeapTable.byText(), HeapTable.byText());
  private final LivePassages passages = new LivePassages(tables, 10);

  @Test
  void aDocumentHasThePassagesOfItsLastRevision() {
    passages.take(whole("d", 1, "a", "b"));
    passages.take(whole("d", 2, "b", "c"));

    assertThat(live()).containsExactlyInAnyOrder(uid("b"), uid("c"));
    assertThat(tables.passages().get(new TrunkPassage(TRUNK, uid("a")))).isNull();
    assertThat(passages.size()).isEqualTo(2);
  }

  @Test
  void aRevisionWithoutNewPassagesTakesTheOthersAway() {
    passages.take(whole("d", 1, "a", "b"));
    passages.take(moved("d", 2, "b"));
    assertThat(live()).containsExactly(uid("b"));
  }

  @Test
  void anOlderRevisionChangesNothing() {
    passages.take(whole("d", 5, "a"));
    passages.take(whole("d", 4, "b"));
    passages.take(Told.deleted("d", 4));
    assertThat(live()).containsExactly(uid("a"));
  }

  @Test
  void aDeletedDocumentIsForgotten() {
    passages.take(whole("d", 1, "a"));
    passages.take(whole("e", 1, "b"));
    passages.embedded(new TrunkPassage(TRUNK, uid("a")), SENTENCES);
    passages.take(Told.deleted("d", 1));

    assertThat(live()).containsExactly(uid("b"));
    assertThat(tables.sentences().isEmpty()).isTrue();
    assertThat(tables.documents().contains(new TrunkDocument(TRUNK, "d"))).isFalse();
  }

  /** Each version says all of its documents once more. */
  @Test
  void whatIsKnownKeepsItsSentences() {
    passages.take(whole("d", 1, "a"));
    passages.embedded(new TrunkPassage(TRUNK, uid("a")), SENTENCES);
    passages.take(whole("d", 1, "a"));
    assertThat(passages.of(TRUNK, QUERY_TRUNK).get(0).sentences()).isEqualTo(SENTENCES);
  }

  @Test
  void sentencesOfAnotherQueryTrunkDoNotCount() {
    passages.take(whole("d", 1, "a"));
    passages.embedded(new TrunkPassage(TRUNK, uid("a")), SENTENCES);
    assertThat(passages.of(TRUNK, OTHER_TRUNK).get(0).sentences()).isNull();
  }

  @Test
  void sentencesOfAPassageThatHasGoneAreDropped() {
    passages.take(whole("d", 1, "a"));
    passages.take(Told.deleted("d", 2));
    assertThat(passages.embedded(new TrunkPassage(TRUNK, uid("a")), SENTENCES)).isFalse();
    assertThat(tables.sentences().isEmpty()).isTrue();
  }

  @Test
  void theLastPartOfARecordCommits() {
    passages.take(whole("d", 1, "x"));
    boolean lacks = passages.take(part("d", new RecordPart(0, 2), List.of(), List.of(insert("a"))));
    assertThat(lacks).isFalse();
    assertThat(live()).containsExactlyInAnyOrder(uid("x"), uid("a"));

    passages.take(part("d", new RecordPart(1, 2), manifest("a", "b"), List.of(insert("b"))));
    assertThat(live()).containsExactlyInAnyOrder(uid("a"), uid("b"));
  }

  @Test
  void whatCameWithABrokenOffRecordGoesWithTheNext() {
    passages.take(part("d", new RecordPart(0, 2), List.of(), List.of(insert("a"))));
    passages.take(whole("d", 1, "b"));
    assertThat(live()).containsExactly(uid("b"));
  }

  @Test
  void aPassageThatNeverCameIsNoticed() {
    assertThat(passages.take(part("d", RecordPart.WHOLE, manifest("a", "b"), List.of(insert("a")))))
        .isTrue();
    assertThat(live()).containsExactly(uid("a"));
  }

  @Test
  void trunksAreKeptApartAndForgottenApart() {
    passages.take(whole("d", 1, "a"));
    passages.take(part("d", RecordPart.WHOLE, manifest("b"), List.of(insert(OTHER_TRUNK, "b"))));
    assertThat(live()).containsExactly(uid("a"));
    assertThat(uids(OTHER_TRUNK)).containsExactly(uid("b"));

    passages.forget(Set.of(TRUNK));
    assertThat(live()).isEmpty();
    assertThat(uids(OTHER_TRUNK)).containsExactly(uid("b"));
    assertThat(passages.size()).isEqualTo(1);
  }

  @Test
  void anOutputThatCannotBeLearnedFromIsLeftOut() {
    passages.take(whole("d", 1, "a"));
    PassageTrunk wide = new PassageTrunk(TRUNK, new float[] {1, 2, 3});
    PassageTrunk zero = new PassageTrunk(TRUNK, new float[2]);
    passages.take(
        part(
            "e",
            RecordPart.WHOLE,
            manifest("b", "c"),
            List.of(insert("b", wide), insert("c", zero))));
    assertThat(live()).containsExactly(uid("a"));
    assertThat(passages.leftOut()).isEqualTo(2);
  }

  @Test
  void beyondTheirNumberPassagesAreLeftOut() {
    for (int i = 0; i < 12; i++) {
      assertThat(passages.take(whole("d" + i, 1, (char) ('a' + i) + " text"))).isFalse();
    }
    assertThat(passages.size()).isEqualTo(10);
    assertThat(passages.leftOut()).isEqualTo(2);
    passages.take(Told.deleted("d0", 1));
    passages.take(whole("d11", 1, "l text"));
    assertThat(passages.size()).isEqualTo(10);
  }

  /** An edit makes room by the passage that it removes, but not for the one that it brought. */
  @Test
  void aFullLearnerDoesNotMissWhatItLeavesOut() {
    for (int i = 0; i < 10; i++) {
      passages.take(whole("d" + i, 1, (char) ('a' + i) + " text"));
    }
    assertThat(passages.take(whole("d0", 2, "z text"))).isFalse();
    assertThat(passages.size()).isEqualTo(9);
  }

  @Test
  void aTextThatIsRemovedGoesThoughAnotherPassageWasLeftOut() {
    passages.take(whole("d", 1, "a", "b", "c", "e", "f", "g", "h", "i", "j", "k", "l"));
    passages.take(moved("d", 2, "b", "c", "e", "f", "g", "h", "i", "j", "k", "l"));
    assertThat(live()).doesNotContain(uid("a")).hasSize(9);
  }

  @Test
  void aRestoredStateIsTakenUp() {
    passages.take(whole("d", 1, "a", "b"));
    passages.embedded(new TrunkPassage(TRUNK, uid("a")), SENTENCES);
    LivePassages restored = new LivePassages(tables, 10);
    restored.load(3);

    assertThat(restored.of(TRUNK, QUERY_TRUNK))
        .usingRecursiveComparison()
        .isEqualTo(passages.of(TRUNK, QUERY_TRUNK));
    restored.take(Told.deleted("d", 1));
    assertThat(restored.size()).isZero();
  }

  private List<Hash128> live() {
    return uids(TRUNK);
  }

  private List<Hash128> uids(Hash128 trunk) {
    return passages.of(trunk, QUERY_TRUNK).stream().map(LivePassage::uid).toList();
  }
}
