package io.realmstream.model.serving.revision;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.DocumentRevision;
import org.junit.jupiter.api.Test;

class IndexedPassageTest {
  @Test
  void passageIsWholeWhenEveryCopyOfOneRevisionWasAcknowledged() {
    IndexedPassage first = IndexedPassage.NOT_YET.with(ack(5, 1, 2));
    assertThat(first.whole()).isFalse();
    assertThat(first.with(ack(5, 1, 2)).whole()).isFalse();
    assertThat(first.with(ack(5, 0, 2)).whole()).isTrue();
  }

  @Test
  void copiesOfDifferentRevisionsDoNotAddUp() {
    IndexedPassage newer = IndexedPassage.NOT_YET.with(ack(5, 0, 2)).with(ack(6, 1, 2));
    assertThat(newer).isEqualTo(new IndexedPassage(ack(6, 1, 2).state(), 2, false));
    assertThat(newer.with(ack(5, 0, 2))).isEqualTo(newer);
    assertThat(newer.with(ack(6, 0, 2)).whole()).isTrue();
  }

  @Test
  void passageThatWasWholeStaysSoWhenItsRevisionIsSentAgain() {
    IndexedPassage whole = IndexedPassage.NOT_YET.with(ack(5, 0, 1));
    assertThat(whole.with(ack(5, 1, 2)).whole()).isTrue();
  }

  private static Ack ack(long revision, int copy, int copies) {
    return new Ack(
        3, 1, "doc", new Hash128(0, 1), revision, DocumentRevision.NO_EDIT, copy, copies);
  }
}
