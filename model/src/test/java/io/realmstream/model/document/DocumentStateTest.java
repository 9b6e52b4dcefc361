package io.realmstream.model.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DocumentStateTest {
  private static final AcceptedEdit.Origin RECORD = new AcceptedEdit.Origin(60, 2, 7);

  @Test
  void ofEqualRevisionsADeleteIsBehindEveryTextAndAPlaceBehindBoth() {
    List<DocumentState> ascending =
        List.of(
            DocumentState.NONE,
            DocumentState.deleted(4),
            DocumentState.of(upsert(5L, "t", "x")),
            DocumentState.deleted(5),
            DocumentState.placed(5, EditKind.DELETE, 0, 9),
            DocumentState.placed(5, EditKind.UPSERT, 1, 0),
            DocumentState.placed(5, EditKind.DELETE, 1, 1),
            DocumentState.of(upsert(6L, "t", "x")));

    for (int seed = 0; seed < 50; seed++) {
      List<DocumentState> sorted = new ArrayList<>(ascending);
      Collections.shuffle(sorted, new Random(seed));
      Collections.sort(sorted);
      assertThat(sorted).as("seed %d", seed).isEqualTo(ascending);
    }
  }

  @Test
  void hashOfATextIsNeverTakenForAPlace() {
    for (int i = 0; i < 100; i++) {
      DocumentState state = DocumentState.of(upsert(5L, "", "text " + i));
      assertThat(state.isPlaced()).isFalse();
      assertThat(state).isLessThan(DocumentState.deleted(5));
    }
    assertThat(DocumentState.deleted(5).isPlaced()).isFalse();
    assertThat(DocumentState.placed(5, EditKind.UPSERT, 0, 0).isPlaced()).isTrue();
  }

  @Test
  void titleAndTextDoNotRunTogether() {
    assertThat(DocumentState.of(upsert(5L, "ab", "c")))
        .isNotEqualTo(DocumentState.of(upsert(5L, "a", "bc")));
  }

  @Test
  void whatADeleteSaysBesideItsRevisionDoesNotCount() {
    DocumentEdit delete =
        new DocumentEdit("d", 5L, EditKind.DELETE, "title", "text", false, null, Provenance.NONE);

    assertThat(DocumentState.of(delete)).isEqualTo(DocumentState.deleted(5));
  }

  @Test
  void purgeHasThePlaceOfADelete() {
    DocumentEdit purge =
        new DocumentEdit("d", 5L, EditKind.PURGE, "title", "text", false, null, Provenance.NONE);

    assertThat(DocumentState.of(purge)).isEqualTo(DocumentState.deleted(5));
    assertThat(DocumentState.of(new AcceptedEdit(purge, DocumentState.deleted(5).tie(), null)))
        .isEqualTo(DocumentState.deleted(5));
  }

  @Test
  void everyPartOfTheProvenanceCounts() {
    Source page = new Source("w", 1, 2, null);
    List<Provenance> all =
        List.of(
            Provenance.NONE,
            new Provenance("a", null, null),
            new Provenance(null, "a", null),
            new Provenance("", null, null),
            new Provenance(null, null, page),
            new Provenance(null, null, new Source("w", 1, 3, null)),
            new Provenance(null, null, new Source("w", 1, 2, Instant.EPOCH)),
            new Provenance("a", "a", page));

    assertThat(all.stream().map(upsert(5L, "t", "x")::withProvenance).map(DocumentState::of))
        .doesNotHaveDuplicates();
  }

  @Test
  void clientsRevisionCountsBeforeTheTimeOfItsRecord() {
    DocumentEdit given = upsert(5L, "t", "x");

    assertThat(DocumentState.of(given, new AcceptedEdit.Origin(-1, 2, 7)))
        .isEqualTo(DocumentState.of(given));
    assertThat(DocumentState.of(upsert(null, "t", "x"), RECORD))
        .isEqualTo(DocumentState.placed(60, EditKind.UPSERT, 2, 7));
  }

  @Test
  void editWithoutRevisionAndTimeIsRefused() {
    DocumentEdit edit = upsert(null, "t", "x");

    assertThatThrownBy(() -> DocumentState.of(edit, new AcceptedEdit.Origin(-1, 2, 7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("revision: absent, and the record has no Kafka timestamp either");
    assertThatThrownBy(() -> DocumentState.of(edit))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("revision absent: d");
    assertThat(DocumentState.of(edit, new AcceptedEdit.Origin(0, 2, 7)).revision()).isZero();
  }

  @Test
  void placeThatWasRecordedIsReadAgain() {
    for (DocumentState state :
        List.of(
            DocumentState.of(upsert(60L, "t", "x")),
            DocumentState.placed(60, EditKind.UPSERT, 2, 7))) {
      AcceptedEdit accepted = new AcceptedEdit(upsert(60L, "t", "x"), state.tie(), RECORD);
      assertThat(DocumentState.of(accepted)).isEqualTo(state);
    }
  }

  @Test
  void clockThatRunsBackIsHeldUpOnlyByAnEarlierRecordOfItsPartition() {
    DocumentState late = DocumentState.placed(60, EditKind.UPSERT, 2, 7);
    DocumentState heldUp = DocumentState.placed(100, EditKind.UPSERT, 2, 7);

    assertThat(late.behind(DocumentState.placed(100, EditKind.DELETE, 2, 6))).isEqualTo(heldUp);
    assertThat(late.behind(heldUp)).isEqualTo(heldUp);
    assertThat(late.behind(DocumentState.placed(100, EditKind.DELETE, 2, 8))).isEqualTo(late);
    assertThat(late.behind(DocumentState.placed(100, EditKind.DELETE, 1, 6))).isEqualTo(late);
    assertThat(late.behind(DocumentState.placed(59, EditKind.DELETE, 2, 6))).isEqualTo(late);
    assertThat(late.behind(DocumentState.deleted(100))).isEqualTo(late);
    assertThat(late.behind(null)).isEqualTo(late);
    assertThat(DocumentState.deleted(60).behind(DocumentState.deleted(100)))
        .isEqualTo(DocumentState.deleted(60));
  }

  private static DocumentEdit upsert(@Nullable Long revision, String title, String text) {
    return new DocumentEdit(
        "d", revision, EditKind.UPSERT, title, text, true, null, Provenance.NONE);
  }
}
