package io.realmstream.jobs.wikipedia.pages;

import static io.realmstream.jobs.wikipedia.pages.PagesHarness.START_MS;
import static io.realmstream.jobs.wikipedia.pages.PagesHarness.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.wikipedia.fetch.FetchSettings;
import io.realmstream.jobs.wikipedia.fetch.LocalApi;
import io.realmstream.jobs.wikipedia.text.TextExtractor;
import io.realmstream.model.wikipedia.ContentHash;
import io.realmstream.model.wikipedia.PageFacts;
import io.realmstream.model.wikipedia.PageText;
import io.realmstream.model.wikipedia.RevisionFacts;
import io.realmstream.model.wikipedia.Statement;
import io.realmstream.model.wikipedia.StatementKind;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.wikipedia.TextFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is out of the ordinary, in numbers, sizes and times. */
class PagesBoundsTest {
  private final LocalApi api = new LocalApi();

  PagesBoundsTest() throws IOException {}

  @AfterEach
  void close() {
    api.close();
  }

  private PagesHarness open() throws Exception {
    return new PagesHarness(api, Duration.ZERO);
  }

  private static PageText plain(String text) {
    return new PageText(text, TextFormat.PLAIN, false);
  }

  @Test
  void aDocumentOfAnyRevisionIsOvertakenAndItsOutcomesHaveATime() throws Exception {
    long beyond = 1_700_000_000_000_000_000L;
    RevisionFacts ten = new RevisionFacts(10, START_MS, "", 0, true);
    try (PagesHarness pages = open()) {
      pages.take(said(974, StatementKind.KNOWN_PRESENT, ten, beyond));
      pages.take(said(StatementKind.EDIT, 11, START_MS, "b").withText(plain("Ada")));
      pages.take(said(974, StatementKind.KNOWN_PRESENT, ten, beyond - 1));
      assertThat(pages.edits()).extracting(DocumentEdit::revision).containsExactly(beyond + 1);
      assertThat(pages.outcomes()).containsExactly("PUBLISHED null 11", "LATE OLDER 10");
    }
  }

  @Test
  void aDocumentThatIsTooLargeIsNotSentAndSaidToBeSo() throws Exception {
    // three bytes each
    String text = "\u4e00".repeat(Codecs.DOCUMENT_BYTES_MAX / 3);
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.EDIT, 10, START_MS, "a").withText(plain(text)));
      pages.take(
          said(StatementKind.EDIT, 11, START_MS + 1, "b").withText(plain(text.substring(200))));
      assertThat(pages.edits()).extracting(DocumentEdit::revision).containsExactly(START_MS + 1);
      assertThat(pages.outcomes())
          .containsExactly("FETCH_FAILED TOO_LARGE 10", "PUBLISHED null 11");
    }
  }

  @Test
  void aHiddenTextDoesNotFailTheOneBehindIt() throws Exception {
    api.hide(10).text(11, "eleven");
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.EDIT, 10, START_MS - 2, "a"));
      // a null edit: what is fetched is still the text of the first
      pages.take(said(StatementKind.EDIT, 11, START_MS - 1, "a"));
      pages.await(() -> pages.edits().size() == 2);
      assertThat(pages.edits())
          .extracting(edit -> edit.kind() + " " + edit.text())
          .containsExactly("PURGE ", "UPSERT eleven");
      assertThat(pages.outcomes())
          .containsExactly("IGNORED TEXT_UNCHANGED 11", "PURGED HIDDEN 10", "PUBLISHED null 11");
    }
  }

  @Test
  void aTextOfAWikiWhoseAddressIsNoLongerKnownIsGivenUp() throws Exception {
    api.hold();
    OperatorSubtaskState state;
    Statement edit = said(StatementKind.EDIT, 10, START_MS, "a");
    try (PagesHarness pages = new PagesHarness(of("ours"), TextExtractor.CURRENT)) {
      pages.take(
          new Statement(
              "ours", 974, edit.kind(), START_MS, START_MS, edit.page(), edit.revision(), null));
      state = pages.snapshot();
    }
    try (PagesHarness pages = new PagesHarness(of("others"), TextExtractor.CURRENT, state)) {
      pages.await(() -> !pages.outcomes().isEmpty());
      assertThat(pages.outcomes()).containsExactly("FETCH_FAILED UNREACHABLE 10");
    }
  }

  private PagesSettings of(String wiki) {
    PagesSettings known = PagesHarness.settings(api, Duration.ZERO, 100);
    FetchSettings fetch = new FetchSettings("a@example.org", 60_000, Map.of(wiki, api.address()));
    return new PagesSettings(
        known.scope(), known.settle(), known.hold(), known.waitingMax(), known.license(), fetch);
  }

  @Test
  void aTextThatHasStoodLongEnoughIsNotHeldAgain() throws Exception {
    long hourMs = Duration.ofHours(1).toMillis();
    try (PagesHarness pages = new PagesHarness(api, Duration.ofHours(2))) {
      RevisionFacts old = new RevisionFacts(10, START_MS - 2 * hourMs, "", 0, true);
      RevisionFacts young = new RevisionFacts(20, START_MS - hourMs, "", 0, true);
      pages.take(said(974, StatementKind.SEEN_PRESENT, old, START_MS).withText(plain("old")));
      pages.take(said(975, StatementKind.SEEN_PRESENT, young, START_MS).withText(plain("young")));
      // an imported edit: old, but new to this wiki
      pages.take(said(976, StatementKind.EDIT, old, START_MS).withText(plain("imported")));
      assertThat(pages.edits()).extracting(DocumentEdit::text).containsExactly("old");
      // whoever imports does not wait for these
      assertThat(pages.outcomes())
          .containsExactly("PUBLISHED null 10", "HELD null 20", "HELD null 10");
      pages.pass(Duration.ofMinutes(59));
      assertThat(pages.edits()).hasSize(1);
      pages.pass(Duration.ofMinutes(2));
      assertThat(pages.edits()).extracting(DocumentEdit::text).containsExactly("old", "young");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{{Infobox city|area=5}}", "#REDIRECT [[Rome]]"})
  void whatHasNoTextForReadersIsPublishedEmptyWithItsReason(String wikitext) throws Exception {
    api.text(10, wikitext);
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.EDIT, 10, START_MS, "a"));
      pages.await(() -> !pages.outcomes().isEmpty());
      assertThat(pages.edits()).extracting(DocumentEdit::text).containsExactly("");
      assertThat(pages.outcomes()).containsExactly("PUBLISHED EMPTY 10");
    }
  }

  @Test
  void aTitleIsKeptAsItIs() throws Exception {
    String title = "<script>\u202e\u0007 " + "\u4e00".repeat(80);
    Statement edit = said(StatementKind.EDIT, 10, START_MS, "a").withText(plain("Ada"));
    PageFacts facts = new PageFacts(title, 0, false, "wikitext");
    try (PagesHarness pages = open()) {
      pages.take(
          new Statement(
              "enwiki", 974, edit.kind(), START_MS, START_MS, facts, edit.revision(), edit.text()));
      assertThat(pages.edits()).extracting(DocumentEdit::title).containsExactly(title);
    }
  }

  @Test
  void anAuditDoesNotMakeADeadFeedLookFresh() throws Exception {
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.DELETE, 10, START_MS - 60_000, ""));
      pages.take(said(StatementKind.SEEN_GONE, 10, START_MS, ""));
      pages.take(said(StatementKind.KNOWN_GONE, 10, START_MS, ""));
      assertThat(pages.metrics().value("realm.statementAgeMs")).isEqualTo(60_000);
    }
  }

  @Test
  void aMissedEditIsReportedOnceThoughItWasRevertedSince() throws Exception {
    api.text(10, "ten");
    try (PagesHarness pages = open()) {
      pages.take(said(StatementKind.EDIT, 10, START_MS, ""));
      pages.await(() -> !pages.edits().isEmpty());
      RevisionFacts revert = new RevisionFacts(12, START_MS + 2, ContentHash.of("ten"), 11, true);
      pages.take(said(974, StatementKind.EDIT, revert, START_MS + 2));
      assertThat(pages.outcomes())
          .containsExactly("PUBLISHED null 10", "REPAIRED MISSED_BEFORE 12");
    }
  }

  @Test
  void aDeletionDoesNotWaitForTheTimeOfStanding() throws Exception {
    try (PagesHarness pages = new PagesHarness(api, Duration.ofMinutes(10))) {
      pages.take(
          said(StatementKind.EDIT, 10, START_MS, "a")
              .withText(new PageText("Ada", TextFormat.PLAIN, false)));
      assertThat(pages.edits()).isEmpty();
      pages.take(said(StatementKind.DELETE, 10, START_MS + 1, ""));
      assertThat(pages.edits()).extracting(DocumentEdit::kind).containsExactly(EditKind.DELETE);
      pages.pass(Duration.ofMinutes(11));
      assertThat(pages.edits()).hasSize(1);
    }
  }
}
