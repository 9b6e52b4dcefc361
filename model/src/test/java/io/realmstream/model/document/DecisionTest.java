package io.realmstream.model.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DecisionTest {
  private static final DocumentState AT_FIVE = DocumentState.of(upsert(5, "text"));

  @Test
  void firstEditOfADocumentIsAccepted() {
    assertThat(Decision.decide(null, upsert(5, "text"))).isEqualTo(new Decision.Accept(AT_FIVE));
  }

  @Test
  void firstDeleteOfAnUnknownDocumentIsAcceptedAsItsTombstone() {
    assertThat(Decision.decide(null, delete(5)))
        .isEqualTo(new Decision.Accept(DocumentState.deleted(5)));
  }

  @Test
  void newerRevisionIsAccepted() {
    assertThat(Decision.decide(AT_FIVE, upsert(6, "text"))).isInstanceOf(Decision.Accept.class);
  }

  @Test
  void staleRevisionIsIgnoredWithItsReason() {
    assertThat(Decision.decide(AT_FIVE, upsert(4, "other")))
        .isEqualTo(new Decision.Stale("revision 4 is older than revision 5"));
  }

  @Test
  void revisionBehindATombstoneIsIgnoredWithItsReason() {
    assertThat(Decision.decide(DocumentState.deleted(5), upsert(4, "other")))
        .isEqualTo(new Decision.Stale("revision 4 is older than revision 5 (DELETE)"));
  }

  @Test
  void deleteWinsOverUpsertOfTheSameRevision() {
    assertThat(Decision.decide(AT_FIVE, delete(5))).isInstanceOf(Decision.Accept.class);
    assertThat(Decision.decide(DocumentState.deleted(5), upsert(5, "text")))
        .isEqualTo(new Decision.Stale("the DELETE of the same revision 5 comes before the UPSERT"));
  }

  @Test
  void sameEditAgainIsADuplicate() {
    assertThat(Decision.decide(AT_FIVE, upsert(5, "text"))).isEqualTo(new Decision.Duplicate());
    assertThat(Decision.decide(DocumentState.deleted(5), delete(5)))
        .isEqualTo(new Decision.Duplicate());
  }

  @Test
  void ofTwoTextsOfOneRevisionExactlyOneWins() {
    DocumentState other = DocumentState.of(upsert(5, "another"));

    Decision forward = Decision.decide(AT_FIVE, upsert(5, "another"));
    Decision backward = Decision.decide(other, upsert(5, "text"));

    assertThat(List.of(forward, backward)).hasAtLeastOneElementOfType(Decision.Accept.class);
    assertThat(List.of(forward, backward))
        .contains(new Decision.Stale("another text of the same revision 5 has the larger hash"));
  }

  @Test
  void editsThatDifferOnlyInTitleSplitOrTimeAreNoDuplicates() {
    Instant time = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(
            List.of(
                DocumentState.of(upsert(5, "text")),
                DocumentState.of(edit(5, EditKind.UPSERT, "t", "text")),
                DocumentState.of(
                    new DocumentEdit(
                        "d", 5L, EditKind.UPSERT, "", "text", true, time, Provenance.NONE)),
                DocumentState.of(
                    new DocumentEdit(
                        "d", 5L, EditKind.UPSERT, "", "text", false, null, Provenance.NONE))))
        .doesNotHaveDuplicates();
  }

  @Test
  void editsWithoutRevisionsAreOrderedByOffsetWhateverTheirTimesAndKinds() {
    DocumentState text = DocumentState.placed(100, EditKind.UPSERT, 0, 7);
    DocumentState deletion = DocumentState.placed(100, EditKind.DELETE, 0, 8);
    DocumentState again = DocumentState.placed(60, EditKind.UPSERT, 0, 9);

    assertThat(accepted(text, deletion)).isEqualTo(deletion);
    assertThat(accepted(deletion, again))
        .isEqualTo(DocumentState.placed(100, EditKind.UPSERT, 0, 9));
    assertThat(Decision.decide(accepted(deletion, again), again))
        .isEqualTo(new Decision.Duplicate());
    assertThat(Decision.decide(deletion, text))
        .isEqualTo(
            new Decision.Stale("an edit without a revision, read later, has the same time 100"));
  }

  @Test
  void editWithoutARevisionComesBehindThoseWithItsTimeAsRevision() {
    DocumentState placed = DocumentState.placed(5, EditKind.UPSERT, 0, 0);

    assertThat(accepted(AT_FIVE, placed)).isEqualTo(placed);
    assertThat(accepted(DocumentState.deleted(5), placed)).isEqualTo(placed);
    assertThat(Decision.decide(placed, delete(5))).isInstanceOf(Decision.Stale.class);
    assertThat(accepted(placed, DocumentState.of(delete(6)))).isEqualTo(DocumentState.deleted(6));
  }

  /** A record of the documents topic; its clock may run back, and its revision be absent. */
  private record Sent(int partition, long timeMs, boolean named) {}

  /**
   * The oracle gives each edit without a revision the latest time so far in its partition, and then
   * sorts by (time, partition, offset).
   */
  @Property
  void anyInterleavingOfPartitionsConverges(
      @ForAll("sent") List<Sent> sent, @ForAll Random random) {
    List<List<DocumentState>> partitions = List.of(new ArrayList<>(), new ArrayList<>());
    DocumentState greatest = DocumentState.NONE;
    long[] latest = new long[2];
    for (Sent record : sent) {
      List<DocumentState> partition = partitions.get(record.partition);
      int offset = partition.size();
      DocumentState arriving =
          record.named
              ? DocumentState.of(upsert(record.timeMs, "text " + offset))
              : DocumentState.placed(record.timeMs, EditKind.UPSERT, record.partition, offset);
      partition.add(arriving);
      if (!record.named) {
        latest[record.partition] = Math.max(latest[record.partition], record.timeMs);
      }
      DocumentState place =
          record.named
              ? arriving
              : DocumentState.placed(
                  latest[record.partition], EditKind.UPSERT, record.partition, offset);
      greatest = place.compareTo(greatest) > 0 ? place : greatest;
    }

    assertThat(mixed(partitions, random)).isEqualTo(greatest);
    assertThat(mixed(partitions, random)).isEqualTo(greatest);
  }

  @Provide
  Arbitrary<List<Sent>> sent() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1),
            Arbitraries.longs().between(0, 4),
            Arbitraries.of(true, false, false))
        .as(Sent::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  /** The partitions' edits, each in its order, as they may arrive. */
  private static DocumentState mixed(List<List<DocumentState>> partitions, Random random) {
    int[] read = new int[partitions.size()];
    DocumentState state = null;
    while (read[0] < partitions.get(0).size() || read[1] < partitions.get(1).size()) {
      int next = random.nextInt(2);
      if (read[next] < partitions.get(next).size()) {
        DocumentState arriving = partitions.get(next).get(read[next]++);
        if (Decision.decide(state, arriving) instanceof Decision.Accept accept) {
          state = accept.next();
        }
      }
    }
    return Objects.requireNonNull(state);
  }

  private static DocumentState accepted(DocumentState current, DocumentState arriving) {
    return ((Decision.Accept) Decision.decide(current, arriving)).next();
  }

  @Test
  void absentRevisionIsAProgrammersError() {
    DocumentEdit edit =
        new DocumentEdit("d", null, EditKind.UPSERT, "", "text", true, null, Provenance.NONE);

    assertThatThrownBy(() -> Decision.decide(null, edit)).hasMessage("revision absent: d");
  }

  /** The oracle is the plain maximum, found without the decision. */
  @Property
  void anyArrivalOrderConvergesToTheGreatestEdit(
      @ForAll("edits") List<DocumentEdit> edits, @ForAll Random random) {
    List<DocumentEdit> shuffled = new ArrayList<>(edits);
    shuffled.addAll(edits.subList(0, edits.size() / 2));
    Collections.shuffle(shuffled, random);

    assertThat(fold(shuffled)).isEqualTo(fold(edits));
    assertThat(fold(edits).revision())
        .isEqualTo(edits.stream().mapToLong(DocumentEdit::revision).max().orElseThrow());
  }

  @Property
  void everyEditOutsideTheGreatestIsStaleOrADuplicateAfterwards(
      @ForAll("edits") List<DocumentEdit> edits) {
    DocumentState last = fold(edits);

    assertThat(edits)
        .allSatisfy(
            edit ->
                assertThat(Decision.decide(last, edit))
                    .isInstanceOf(
                        DocumentState.of(edit).equals(last)
                            ? Decision.Duplicate.class
                            : Decision.Stale.class));
  }

  @Provide
  Arbitrary<List<DocumentEdit>> edits() {
    Arbitrary<DocumentEdit> edit =
        Combinators.combine(
                Arbitraries.longs().between(0, 5),
                Arbitraries.of(EditKind.class),
                Arbitraries.of("", "a", "b"),
                Arbitraries.of("", "x", "y"))
            .as((revision, kind, title, text) -> edit(revision, kind, title, text));
    return edit.list().ofMinSize(1).ofMaxSize(12);
  }

  private static DocumentState fold(List<DocumentEdit> edits) {
    DocumentState state = null;
    for (DocumentEdit edit : edits) {
      if (Decision.decide(state, edit) instanceof Decision.Accept accept) {
        state = accept.next();
      }
    }
    return Objects.requireNonNull(state);
  }

  private static DocumentEdit upsert(long revision, String text) {
    return edit(revision, EditKind.UPSERT, "", text);
  }

  private static DocumentEdit delete(long revision) {
    return edit(revision, EditKind.DELETE, "", "");
  }

  private static DocumentEdit edit(long revision, EditKind kind, String title, String text) {
    return new DocumentEdit("d", revision, kind, title, text, true, null, Provenance.NONE);
  }
}
