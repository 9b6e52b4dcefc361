package io.realmstream.jobs.wikipedia.pages;

import static io.realmstream.jobs.wikipedia.pages.PagesHarness.START_MS;
import static io.realmstream.jobs.wikipedia.pages.PagesHarness.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.wikipedia.fetch.LocalApi;
import io.realmstream.jobs.wikipedia.fetch.LocalApi.Fault;
import io.realmstream.jobs.wikipedia.text.TextExtractor;
import io.realmstream.model.wikipedia.ContentHash;
import io.realmstream.model.wikipedia.PageText;
import io.realmstream.model.wikipedia.RevisionFacts;
import io.realmstream.model.wikipedia.StatementKind;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.Source;
import io.realmstream.schemas.wikipedia.TextFormat;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagesOperatorTest {
  private final LocalApi api = new LocalApi();

  PagesOperatorTest() throws IOException {}

  @AfterEach
  void close() {
    api.close();
  }

  private PagesHarness open() throws Exception {
    return new PagesHarness(api, Duration.ZERO);
  }

  @Test
  void anEditIsFetchedAndPublished() throws Exception {
    api.text(10, "'''Ada''' was a mathematician.");
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.EDIT, 10, START_MS - 700, "a"));
      pages.await(() -> !pages.edits().isEmpty());
      Instant made = Instant.ofEpochMilli(START_MS - 700);
      assertThat(pages.edits())
          .containsExactly(
              new DocumentEdit(
                  "enwiki:974",
                  START_MS - 700,
                  EditKind.UPSERT,
                  "Ada Lovelace",
                  "Ada was a mathematician.",
                  true,
                  made,
                  // the test's wiki has no https address
                  new Provenance(null, "CC BY-SA 4.0", new Source("enwiki", 974, 10, made))));
      assertThat(pages.outcomes()).containsExactly("PUBLISHED null 10");
      assertThat(pages.metrics().value("realm.outcome.PUBLISHED.statements")).isEqualTo(1);
      assertThat(pages.metrics().value("realm.requests")).isEqualTo(1);
      assertThat(pages.metrics().value("realm.textsWaiting")).isZero();
    }
  }

  @Test
  void aTextThatCameAlongIsPublishedAtOnce() throws Exception {
    try (PagesHarness pages = open()) {
      pages.take(
          said(StatementKind.SEEN_PRESENT, 10, START_MS, "")
              .withText(new PageText("Ada", TextFormat.PLAIN, true)));
      assertThat(pages.edits()).extracting(DocumentEdit::text).containsExactly("Ada");
      assertThat(pages.outcomes()).containsExactly("PUBLISHED null 10", "TEXT_CUT TOO_LARGE 10");
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void editsWithinTheTimeOfSettlingAreFetchedOnce() throws Exception {
    api.text(10, "ten").text(11, "eleven").text(12, "twelve");
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.EDIT, 10, START_MS, "a"));
      pages.pass(Duration.ofSeconds(2));
      pages.take(said(StatementKind.EDIT, 11, START_MS + 1, "b"));
      pages.pass(Duration.ofSeconds(2));
      pages.take(said(StatementKind.EDIT, 12, START_MS + 2, "c"));
      pages.await(() -> !pages.edits().isEmpty());
      assertThat(pages.edits()).extracting(DocumentEdit::text).containsExactly("twelve");
      assertThat(api.asked()).containsExactly(12L);
    }
  }

  @Test
  void aDeletionNeverWaitsForAFetchAndItsLateResultIsDropped() throws Exception {
    api.text(10, "secret").hold();
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.EDIT, 10, START_MS, "a"));
      pages.await(() -> !api.requests().isEmpty());
      pages.take(said(StatementKind.SUPPRESS, 10, START_MS + 1, ""));
      assertThat(pages.edits()).extracting(DocumentEdit::kind).containsExactly(EditKind.PURGE);
      api.text(30, "thirty").release();
      // another page's text comes behind it
      RevisionFacts thirty = new RevisionFacts(30, START_MS, "c", 0, true);
      pages.take(said(975, StatementKind.EDIT, thirty, START_MS));
      pages.await(() -> pages.edits().size() == 2);
      assertThat(pages.edits().get(1).text()).isEqualTo("thirty");
      assertThat(pages.outcomes()).containsExactly("PURGED SUPPRESSED 10", "PUBLISHED null 30");
    }
  }

  @Test
  void aRevisionThatTheWikiHidesIsPurged() throws Exception {
    api.hide(10);
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.EDIT, 10, START_MS - 10_000, "a"));
      pages.await(() -> !pages.edits().isEmpty());
      assertThat(pages.edits()).extracting(DocumentEdit::kind).containsExactly(EditKind.PURGE);
      assertThat(pages.outcomes()).containsExactly("PURGED HIDDEN 10");
      api.text(11, "eleven");
      pages.take(said(StatementKind.EDIT, 11, START_MS - 3_600_000, "b"));
      pages.await(() -> pages.edits().size() == 2);
      assertThat(pages.edits().get(1).text()).isEqualTo("eleven");
    }
  }

  @Test
  void aRevisionThatIsGoneIsReportedAndTheAuditComesBackToIt() throws Exception {
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.EDIT, 10, START_MS, "a"));
      pages.await(() -> !pages.outcomes().isEmpty());
      assertThat(pages.outcomes()).containsExactly("FETCH_FAILED NO_SUCH_REVISION 10");
      api.text(10, "ten");
      pages.take(said(StatementKind.SEEN_PRESENT, 10, START_MS + 60_000, ""));
      pages.await(() -> !pages.edits().isEmpty());
      assertThat(pages.edits()).extracting(DocumentEdit::text).containsExactly("ten");
      assertThat(pages.outcomes()).contains("REPAIRED DISAGREES 10", "PUBLISHED null 10");
    }
  }

  @Test
  void aNullEditIsNotFetched() throws Exception {
    api.text(10, "ten");
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.EDIT, 10, START_MS, ""));
      pages.await(() -> !pages.edits().isEmpty());
      pages.take(said(StatementKind.EDIT, 11, START_MS + 1, ContentHash.of("ten")));
      pages.pass(Duration.ofSeconds(10));
      assertThat(api.asked()).containsExactly(10L);
      assertThat(pages.outcomes())
          .containsExactly("PUBLISHED null 10", "IGNORED TEXT_UNCHANGED 11");
    }
  }

  @Test
  void anEditOfMarkupAloneIsNotPublished() throws Exception {
    api.text(10, "Ada").text(11, "'''Ada'''");
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.EDIT, 10, START_MS, "a"));
      pages.await(() -> !pages.edits().isEmpty());
      pages.take(said(StatementKind.EDIT, 11, START_MS + 1, "b"));
      pages.await(() -> pages.outcomes().size() == 2);
      assertThat(pages.outcomes().get(1)).isEqualTo("IGNORED TEXT_UNCHANGED 11");
      assertThat(pages.edits()).hasSize(1);
    }
  }

  @Test
  void vandalismThatIsRevertedInTimeNeverShows() throws Exception {
    api.text(10, "Ada").text(11, "Ada stinks").text(12, "Ada");
    try (PagesHarness pages = new PagesHarness(api, Duration.ofMinutes(10))) {
      pages.take(said(StatementKind.EDIT, 10, START_MS, "a"));
      pages.await(() -> !pages.edits().isEmpty());
      pages.take(said(StatementKind.EDIT, 11, START_MS + 1, "b"));
      pages.pass(Duration.ofMinutes(9));
      pages.take(said(StatementKind.EDIT, 12, START_MS + 2, "a"));
      pages.await(() -> pages.outcomes().size() == 5);
      assertThat(pages.outcomes())
          .containsExactly(
              "HELD null 10",
              "PUBLISHED null 10",
              "HELD null 11",
              "HELD null 12",
              "IGNORED TEXT_UNCHANGED 12");
      assertThat(api.asked()).containsExactly(10L, 12L);
    }
  }

  @Test
  void aRestoreFetchesWhatWasUnderWayAndNothingElse() throws Exception {
    api.text(10, "ten").text(20, "twenty");
    OperatorSubtaskState state;
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.EDIT, 10, START_MS, "a"));
      pages.await(() -> !pages.edits().isEmpty());
      api.hold();
      pages.take(said(StatementKind.EDIT, 20, START_MS + 1, "b"));
      pages.await(() -> api.requests().size() == 2);
      state = pages.snapshot();
    }
    api.release();
    try (PagesHarness pages = new PagesHarness(api, Duration.ZERO, state)) {
      pages.await(() -> !pages.edits().isEmpty());
      assertThat(pages.edits()).extracting(DocumentEdit::text).containsExactly("twenty");
      assertThat(api.asked()).containsExactly(10L, 20L, 20L);
      pages.take(said(StatementKind.EDIT, 20, START_MS + 1, "b"));
      assertThat(pages.outcomes()).contains("IGNORED REPEAT 20");
    }
  }

  @Test
  void anotherVersionOfTheExtractorLooksAtEachTextAgainAndPublishesWhatDiffers() throws Exception {
    api.text(10, "Ada");
    String hash = ContentHash.of("Ada");
    OperatorSubtaskState state;
    try (PagesHarness pages = open()) {
      // as an older version may have read it
      pages.take(
          said(StatementKind.EDIT, 10, START_MS, "a")
              .withText(new PageText("ADA", TextFormat.PLAIN, false)));
      state = pages.snapshot();
    }
    TextExtractor next = new TextExtractor(TextExtractor.CURRENT.version() + 1);
    PagesSettings settings = PagesHarness.settings(api, Duration.ZERO, 100);
    try (PagesHarness pages = new PagesHarness(settings, next, state)) {
      pages.take(said(StatementKind.SEEN_PRESENT, 10, START_MS + 1, hash));
      pages.await(() -> !pages.edits().isEmpty());
      assertThat(pages.edits()).extracting(DocumentEdit::text).containsExactly("Ada");
      pages.take(said(StatementKind.SEEN_PRESENT, 10, START_MS + 2, hash));
      assertThat(pages.outcomes()).containsExactly("PUBLISHED null 10", "IGNORED REPEAT 10");
      state = pages.snapshot();
    }
    try (PagesHarness pages = new PagesHarness(api, Duration.ZERO, state)) {
      pages.take(said(StatementKind.SEEN_PRESENT, 10, START_MS + 3, hash));
      pages.await(() -> pages.outcomes().contains("IGNORED TEXT_UNCHANGED 10"));
      assertThat(pages.edits()).isEmpty();
    }
  }

  @Test
  void anOlderRevisionThatIsHiddenIsPurgedAndTheCurrentOnePublishedAgain() throws Exception {
    api.text(10, "secret").text(20, "twenty");
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.EDIT, 10, START_MS, "a"));
      pages.await(() -> pages.edits().size() == 1);
      pages.take(said(StatementKind.EDIT, 20, START_MS + 1, "b"));
      pages.await(() -> pages.edits().size() == 2);
      pages.take(said(StatementKind.HIDE_REVISION, 10, START_MS + 2, ""));
      pages.await(() -> pages.edits().size() == 4);
      assertThat(pages.edits())
          .extracting(edit -> edit.kind() + " " + edit.revision() + edit.text())
          .containsExactly(
              "UPSERT " + START_MS + "secret",
              "UPSERT " + (START_MS + 1) + "twenty",
              "PURGE " + (START_MS + 2),
              "UPSERT " + (START_MS + 3) + "twenty");
    }
  }

  @Test
  void whileTheWikiIsAwayDeletionsGoOnAndNothingIsLost() throws Exception {
    api.text(10, "ten");
    Fault[] away = new Fault[6];
    Arrays.fill(away, Fault.UNAVAILABLE);
    api.next(away);
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.EDIT, 10, START_MS, "a"));
      pages.await(() -> api.requests().size() >= 5);
      assertThat(pages.outcomes()).isEmpty();
      pages.await(() -> !pages.edits().isEmpty());
      assertThat(pages.edits()).extracting(DocumentEdit::text).containsExactly("ten");
    }
  }

  @Test
  void whatIsBeyondTheBoundIsLeftToTheAudit() throws Exception {
    PagesSettings settings = PagesHarness.settings(api, Duration.ZERO, 0);
    try (PagesHarness pages = new PagesHarness(settings, TextExtractor.CURRENT)) {
      pages.take(said(StatementKind.EDIT, 10, START_MS, "a"));
      assertThat(pages.outcomes()).containsExactly("FETCH_FAILED UNREACHABLE 10");
    }
  }

  @Test
  void anUnknownKindMarksThePage() throws Exception {
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.UNKNOWN, 0, START_MS, ""));
      assertThat(pages.outcomes()).containsExactly("UNKNOWN_KIND null null");
    }
  }
}
