package io.realmstream.model.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.wikipedia.Reason;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecisionTableTest {
  private static final long NOW = 1_772_000_000_000L;

  private final Statement ten = Said.of(10, NOW).is(StatementKind.EDIT);

  private static Decision decide(PageState state, Statement said) {
    return Said.TABLE.decide(state, said);
  }

  @Test
  void theDocumentsRevisionIsTheMomentOfTheEditOrOneMoreThanTheLast() {
    PageState first = Said.after(ten);
    assertThat(first.documentRevision()).isEqualTo(NOW);
    PageState imported = decide(first, Said.of(11, NOW - 9_000).is(StatementKind.EDIT)).next();
    assertThat(imported.documentRevision()).isEqualTo(NOW + 1);
    PageState deleted = decide(imported, Said.of(11, NOW + 50).is(StatementKind.DELETE)).next();
    assertThat(deleted.documentRevision()).isEqualTo(NOW + 50);
  }

  @Test
  void anEditThatIsYearsOldIsTaken() {
    Statement old =
        new Statement(
            "enwiki",
            974,
            StatementKind.EDIT,
            0,
            NOW + 1,
            new PageFacts("Ada Lovelace", 0, false, "wikitext"),
            new RevisionFacts(11, 0, "old", 10, true),
            null);
    assertThat(decide(Said.after(ten), old).action()).isEqualTo(Action.PUBLISH);
  }

  @Test
  void equalTextUnderTheSameTitleIsNotFetched() {
    Statement nullEdit = Said.of(11, NOW + 1).hashed("hash of 10").is(StatementKind.EDIT);
    Decision decision = decide(Said.after(ten), nullEdit);
    assertThat(decision.action()).isEqualTo(Action.NOTHING);
    assertThat(decision.reason()).isEqualTo(Reason.TEXT_UNCHANGED);
    assertThat(decision.next().revision()).isEqualTo(11);
    Statement move = Said.of(12, NOW + 2).hashed("hash of 10").titled("Ada").is(StatementKind.MOVE);
    assertThat(decide(decision.next(), move).action()).isEqualTo(Action.PUBLISH);
  }

  @Test
  void aTextInDoubtIsFetchedThoughItIsEqual() {
    PageState doubted = decide(Said.after(ten), Said.of(10, NOW).is(StatementKind.UNKNOWN)).next();
    assertThat(doubted.settled()).isFalse();
    Decision audit = decide(doubted, Said.of(10, NOW + 1).is(StatementKind.SEEN_PRESENT));
    assertThat(audit.action()).isEqualTo(Action.PUBLISH);
    assertThat(audit.next().settled()).isTrue();
  }

  @Test
  void aMissedEditIsNoticedByTheOneBehindIt() {
    PageFacts page = new PageFacts("Ada Lovelace", 0, false, "wikitext");
    Statement twelve = Said.of(12, NOW + 2).is(StatementKind.EDIT, page, 11);
    assertThat(decide(Said.after(ten), twelve).reason()).isEqualTo(Reason.MISSED_BEFORE);
    Statement eleven = Said.of(11, NOW + 1).is(StatementKind.EDIT, page, 10);
    assertThat(decide(Said.after(ten), eleven).reason()).isNull();
  }

  /** A revert: the edit that it undoes was missed, and the text is the same again. */
  @Test
  void aMissedEditIsNoticedThoughTheTextIsTheSame() {
    PageFacts page = new PageFacts("Ada Lovelace", 0, false, "wikitext");
    Statement revert = Said.of(12, NOW + 2).hashed("hash of 10").is(StatementKind.EDIT, page, 11);
    Decision decision = decide(Said.after(ten), revert);
    assertThat(decision.action()).isEqualTo(Action.NOTHING);
    assertThat(decision.reason()).isEqualTo(Reason.MISSED_BEFORE);
  }

  @Test
  void ofTwoEditsWithOneNumberTheLargerHashCounts() {
    Statement a = Said.of(11, NOW).hashed("a").is(StatementKind.EDIT);
    Statement b = Said.of(11, NOW).hashed("b").is(StatementKind.EDIT);
    assertThat(Said.after(a, b).contentHash()).isEqualTo("b");
    assertThat(Said.after(b, a).contentHash()).isEqualTo("b");
  }

  @Test
  void anOlderRevisionThatIsHiddenIsPurgedIfItWasHandedOut() {
    PageState twenty = Said.after(ten, Said.of(20, NOW + 1).is(StatementKind.EDIT));
    Statement hidden = Said.of(10, NOW + 2).is(StatementKind.HIDE_REVISION);
    Decision decision = decide(twenty, hidden);
    assertThat(decision.action()).isEqualTo(Action.PURGE_AND_PUBLISH);
    // two revisions of the document: one for each of the two
    assertThat(decision.next().documentRevision()).isEqualTo(NOW + 3);
    assertThat(decide(decision.next(), hidden).action()).isEqualTo(Action.NOTHING);
    Statement ancient = Said.of(3, NOW + 4).is(StatementKind.HIDE_REVISION);
    assertThat(decide(twenty, ancient).action()).isEqualTo(Action.NOTHING);
  }

  @Test
  void aDumpOfBeforeTheCurrentRevisionWasHiddenDoesNotShowIt() {
    PageState hidden = Said.after(ten, Said.of(10, NOW + 9).is(StatementKind.HIDE_REVISION));
    Decision dump = decide(hidden, Said.of(10, NOW + 9).is(StatementKind.SEEN_PRESENT));
    assertThat(dump.action()).isEqualTo(Action.NOTHING);
    assertThat(dump.reason()).isEqualTo(Reason.HIDDEN);
    assertThat(dump.next().status()).isEqualTo(PageStatus.HIDDEN);
    // it was shown again, and an audit saw it
    Decision audit = decide(dump.next(), Said.of(10, NOW + 10).is(StatementKind.SEEN_PRESENT));
    assertThat(audit.action()).isEqualTo(Action.PUBLISH);
  }

  @Test
  void aLateSuppressionPurgesADeletedPage() {
    PageState gone = Said.after(ten, Said.of(10, NOW + 5).is(StatementKind.DELETE));
    Decision late = decide(gone, Said.of(10, NOW + 4).is(StatementKind.SUPPRESS));
    assertThat(late.action()).isEqualTo(Action.PURGE);
    assertThat(late.reason()).isEqualTo(Reason.SUPPRESSED);
  }

  @Test
  void anUndeleteOfPartOfAHistoryTakesTheLowerNumber() {
    PageState back =
        Said.after(
            ten,
            Said.of(10, NOW + 1).is(StatementKind.DELETE),
            Said.of(7, NOW + 2).is(StatementKind.UNDELETE));
    assertThat(back.revision()).isEqualTo(7);
    // an edit of before the deletion that comes late
    assertThat(decide(back, Said.of(9, NOW - 1).is(StatementKind.EDIT)).reason())
        .isEqualTo(Reason.OLDER);
  }

  @Test
  void aKnownDocumentCountsWhereNothingElseIsKnown() {
    Statement known = Said.of(10, NOW).is(StatementKind.KNOWN_PRESENT);
    Decision seeded = decide(PageState.NOTHING, known);
    assertThat(seeded.action()).isEqualTo(Action.NOTHING);
    assertThat(decide(seeded.next(), ten).reason()).isEqualTo(Reason.REPEAT);
    Decision next = decide(seeded.next(), Said.of(11, 5).is(StatementKind.EDIT));
    assertThat(next.next().documentRevision()).isEqualTo(NOW + 1);
  }

  @Test
  void aKnownDocumentWithAHigherRevisionIsOvertaken() {
    PageState early = Said.after(ten);
    Decision again = decide(early, Said.of(10, NOW + 9).is(StatementKind.KNOWN_PRESENT));
    assertThat(again.action()).isEqualTo(Action.PUBLISH);
    assertThat(again.next().documentRevision()).isEqualTo(NOW + 10);
    PageState gone = Said.after(ten, Said.of(10, NOW + 1).is(StatementKind.DELETE));
    // it may have been purged under the lower revision: a DELETE would leave what caches hold of it
    assertThat(decide(gone, Said.of(10, NOW + 9).is(StatementKind.KNOWN_PRESENT)).action())
        .isEqualTo(Action.PURGE);
  }

  @Test
  void anyRevisionMayHaveBeenHandedOutBeforeAStartWithoutState() {
    Statement known = Said.of(10, NOW).is(StatementKind.KNOWN_PRESENT);
    Statement hidden = Said.of(3, NOW + 9).is(StatementKind.HIDE_REVISION);
    Statement eleven = Said.of(11, NOW + 1).is(StatementKind.EDIT);
    for (PageState state :
        List.of(Said.after(known), Said.after(known, eleven), Said.after(eleven, known))) {
      Decision decision = decide(state, hidden);
      assertThat(decision.action()).isEqualTo(Action.PURGE_AND_PUBLISH);
      assertThat(decide(decision.next(), hidden).action()).isEqualTo(Action.NOTHING);
    }
  }

  @Test
  void whatWasNotAskedForHasAReason() {
    assertThat(reason(new PageFacts("Talk:Ada", 1, false, "wikitext"))).isEqualTo(Reason.NAMESPACE);
    assertThat(reason(new PageFacts("Ada", 0, false, "json"))).isEqualTo(Reason.MODEL);
    assertThat(reason(new PageFacts("Ada", 0, true, "wikitext"))).isEqualTo(Reason.REDIRECT);
    assertThat(reason(new PageFacts("List of Adas", 0, false, "wikitext"))).isEqualTo(Reason.TITLE);
    PageFacts list = new PageFacts("List of Adas", 0, false, "wikitext");
    assertThat(new Scope(Set.of(0), true).keepsOut(list)).isNull();
  }

  private static @Nullable Reason reason(PageFacts page) {
    Decision decision = decide(PageState.NOTHING, Said.of(10, NOW).is(StatementKind.EDIT, page, 0));
    assertThat(decision.action()).isEqualTo(Action.NOTHING);
    return decision.reason();
  }
}
