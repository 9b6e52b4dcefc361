package io.realmstream.model.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.Pooling;
import io.realmstream.schemas.version.TitleForm;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestDiffTest {
  private static final PassageNaming NAMING = new PassageNaming("d", "format", "title");
  private static final Passage A = NAMING.name("a", 0, 1);
  private static final Passage B = NAMING.name("b", 1, 2);
  private static final Passage C = NAMING.name("c", 2, 3);

  @Test
  void everyPassageOfANewDocumentIsAnInsert() {
    assertThat(ManifestDiff.between(List.of(), List.of(A, B)))
        .isEqualTo(new ManifestDiff(List.of(entry(A), entry(B)), List.of(A, B), List.of(), 0));
  }

  @Test
  void onlyWhatChangedIsInsertedAndRemoved() {
    assertThat(ManifestDiff.between(List.of(A.uid(), B.uid()), List.of(B, C)))
        .isEqualTo(new ManifestDiff(List.of(entry(B), entry(C)), List.of(C), List.of(A.uid()), 1));
  }

  @Test
  void movedPassageKeepsItsVectorAndGetsItsNewPlace() {
    Passage moved = NAMING.name("a", 7, 8);

    assertThat(ManifestDiff.between(List.of(A.uid()), List.of(moved)))
        .isEqualTo(
            new ManifestDiff(List.of(new ManifestEntry(A.uid(), 7, 8)), List.of(), List.of(), 1));
  }

  @Test
  void repeatedTextIsOnePassageAtItsFirstPlace() {
    assertThat(ManifestDiff.between(List.of(), List.of(A, B, NAMING.name("a", 9, 10))))
        .isEqualTo(new ManifestDiff(List.of(entry(A), entry(B)), List.of(A, B), List.of(), 0));
  }

  @Test
  void emptiedDocumentLosesAllAndHasAnEmptyManifest() {
    assertThat(ManifestDiff.between(List.of(A.uid(), B.uid()), List.of()))
        .isEqualTo(new ManifestDiff(List.of(), List.of(), List.of(A.uid(), B.uid()), 0));
  }

  @Test
  void emptyAgainstEmptyIsEmpty() {
    assertThat(ManifestDiff.between(List.of(), List.of()))
        .isEqualTo(new ManifestDiff(List.of(), List.of(), List.of(), 0));
  }

  @Test
  void sameTextInTwoDocumentsSharesItsContentHashButNotItsUid() {
    Passage elsewhere = new PassageNaming("e", "format", "title").name("a", 0, 1);

    assertThat(elsewhere.contentHash()).isEqualTo(A.contentHash());
    assertThat(elsewhere.uid()).isNotEqualTo(A.uid());
  }

  @Test
  void titleCountsOnlyWhenTheEncoderSeesIt() {
    assertThat(uid("old", TitleForm.TEXT)).isNotEqualTo(uid("new", TitleForm.TEXT));
    assertThat(uid("old", TitleForm.NONE)).isEqualTo(uid("new", TitleForm.NONE));
    assertThat(uid("old", TitleForm.TEXT)).isNotEqualTo(uid("old", TitleForm.SEGMENT));
  }

  private static Hash128 uid(String title, TitleForm form) {
    Part part = new Part("file:x", "0".repeat(64));
    EncoderTower tower =
        new EncoderTower(part, part, null, Pooling.MEAN, true, "passage: ", form, 128);
    return PassageNaming.of("d", tower, title).name("text", 0, 4).uid();
  }

  private static ManifestEntry entry(Passage passage) {
    return new ManifestEntry(passage.uid(), passage.start(), passage.end());
  }
}
