package io.realmstream.jobs.wikipedia.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.wikipedia.DecisionTable;
import io.realmstream.model.wikipedia.PageFacts;
import io.realmstream.model.wikipedia.PageState;
import io.realmstream.model.wikipedia.RevisionFacts;
import io.realmstream.model.wikipedia.Scope;
import io.realmstream.model.wikipedia.Statement;
import io.realmstream.model.wikipedia.StatementKind;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.wikipedia.ObservedPage;
import io.realmstream.schemas.wikipedia.ObservedRevision;
import io.realmstream.schemas.wikipedia.ObservedState;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Dumps hold revisions that are newer than their dates. */
class ObservationsTest {
  private static final String DUMP = "2026-04-01T00:00:00Z";
  private static final ObservedPage PAGE = new ObservedPage("Ada", 0, false, "wikitext");

  private static Statement seen(String at, long revision, String made) throws BadRecordException {
    return seen(ObservedState.PRESENT, PAGE, at, revision(revision, made));
  }

  private static Statement seen(
      ObservedState state, ObservedPage page, String at, ObservedRevision revision)
      throws BadRecordException {
    return Observations.of(
        new WikipediaObserved(
            WikipediaObserved.SCHEMA, "enwiki", 974, Instant.parse(at), state, page, revision));
  }

  private static ObservedRevision revision(long number, String made) {
    return new ObservedRevision(number, Instant.parse(made), null, null);
  }

  private static Statement said(StatementKind kind, long revision, String at) {
    long ms = Instant.parse(at).toEpochMilli();
    PageFacts page = new PageFacts("Ada", 0, false, "wikitext");
    RevisionFacts facts = new RevisionFacts(revision, ms, "", 0, true);
    return new Statement("enwiki", 974, kind, ms, ms, page, facts, null);
  }

  private static long revisionAfter(Statement... statements) {
    PageState state = PageState.NOTHING;
    for (Statement statement : statements) {
      state = new DecisionTable(new Scope(Set.of(0), true)).decide(state, statement).next();
    }
    return state.revision();
  }

  @Test
  void aDumpWithAnEditOfAfterItsDateDoesNotBringBackWhatAnAuditSaw() throws Exception {
    assertThat(
            revisionAfter(
                seen("2026-04-02T00:00:00Z", 1, "2020-01-01T00:00:00Z"),
                said(StatementKind.EDIT, 2, "2026-04-02T12:00:00Z"),
                seen(DUMP, 2, "2026-04-02T12:00:00Z")))
        .isEqualTo(2);
  }

  @Test
  void aDumpWithAnEditOfAfterADeletionIsNewerThanTheDeletion() throws Exception {
    assertThat(
            revisionAfter(
                seen(DUMP, 2, "2026-04-01T10:00:00Z"),
                said(StatementKind.DELETE, 1, "2026-04-01T09:00:00Z"),
                said(StatementKind.UNDELETE, 1, "2026-04-01T09:30:00Z"),
                said(StatementKind.EDIT, 2, "2026-04-01T10:00:00Z")))
        .isEqualTo(2);
  }

  @Test
  void soItIsWithWhatIsHidden() throws Exception {
    String made = "2026-04-01T10:00:00Z";
    assertThat(seen(ObservedState.HIDDEN, ObservedPage.NONE, DUMP, revision(2, made)).timeMs())
        .isEqualTo(Instant.parse(made).toEpochMilli());
    assertThat(seen(ObservedState.GONE, ObservedPage.NONE, DUMP, ObservedRevision.NONE).timeMs())
        .isEqualTo(Instant.parse(DUMP).toEpochMilli());
  }

  @Test
  void timesBeyondReasonAreRefused() {
    assertThatThrownBy(() -> seen(DUMP, 2, "9999-01-01T00:00:00Z"))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("revisionTime");
    assertThatThrownBy(() -> seen("9999-01-01T00:00:00Z", 2, DUMP))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("observedAt");
  }
}
