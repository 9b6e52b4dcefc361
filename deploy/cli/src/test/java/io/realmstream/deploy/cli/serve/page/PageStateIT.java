package io.realmstream.deploy.cli.serve.page;

import static io.realmstream.deploy.cli.serve.HttpDoor.json;
import static io.realmstream.schemas.document.Outcome.ADDED;
import static io.realmstream.schemas.document.Outcome.FAILED;
import static io.realmstream.schemas.document.Outcome.STALE;
import static io.realmstream.schemas.document.Outcome.UPDATED;
import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.PAUSED;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.RETIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.serve.EventStream;
import io.realmstream.deploy.cli.serve.page.WrittenTopics.Revision;
import io.realmstream.schemas.document.EditProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page makes of events, in a real browser, of topics that the tests write. */
class PageStateIT extends WrittenPage {
  /** As many streams as a door serves at once. */
  private static final int PLACES = 64;

  /** Documents a second, and seconds left. */
  private static final Pattern PACE = Pattern.compile("(\\d+)/s · (\\d+) s left");

  @Test
  void aClaimOfFreshnessIsTakenBack() throws Exception {
    look("(v1)");
    topics.mark(1, 1, Instant.now());
    browser.awaitText("#fresh", "s ago");
    topics.mark(1, 2, null);
    await("the claim to be gone while the page is connected")
        .until(() -> browser.text("#fresh").equals("unknown") && !isAway());
    topics.mark(1, 3, Instant.now());
    browser.awaitText("#fresh", "s ago");
    topics.mark(2, 1, Instant.now().minus(Duration.ofMinutes(90)));
    browser.awaitText("#fresh", "1 h ago");
  }

  @Test
  void whatWasMissedSaysNothingOfHowFreshAnswersAreNow() throws Exception {
    look("(v1)");
    topics.mark(1, 1, Instant.now());
    browser.awaitText("#fresh", "s ago");
    topics.close();
    topics.mark(2, 1, Instant.now().minusSeconds(300));
    topics.reopen();
    await("the page to have heard what it missed")
        .atMost(Duration.ofMinutes(1))
        .until(() -> browser.text("#fresh").equals("5 min ago"));
    browser.awaitTrue(
        "import('/page/events.js').then(({ stream }) => Date.now() - stream.opened > 2000)");
    long[] number = {1};
    await("a sample")
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              topics.mark(2, ++number[0], Instant.now().minusMillis(500));
              return !label(2).endsWith("at most 0.0 s");
            });
    // not the 300 s of the mark that was missed
    assertThat(label(2)).matches("freshness by minute, at most \\d?\\d\\.\\d s");
  }

  /** What a line of the last hour says to a screen reader. */
  private static String label(int line) {
    return browser.label("#timeline svg", line);
  }

  @Test
  void anEditEndsByItsOwnRevisionInTheIndexThatAnswers() throws Exception {
    topics.begin(2);
    String goats = "{\"id\": \"goats\", \"revision\": 1, \"text\": \"Goats eat grass.\"}";
    json(202, topics.door().post("/v1/documents", goats));
    look("(v1)");
    edit("saving makes it 2");
    Instant now = Instant.now();
    topics.answerable(new Revision("goats", 1, 2), ADDED, now);
    topics.answerable(new Revision("goats", 2, 2), ADDED, now);
    topics.ended(new Revision("goats", 1, 1), STALE);
    topics.ended(new Revision("goats", 3, 1), FAILED);
    topics.answerable(new Revision("behind", 1, 1), ADDED, now);
    browser.awaitText("#feed", "behind");
    assertThat(browser.text("#dialog .way")).doesNotContain("answerable", "STALE", "FAILED");
    topics.answerable(new Revision("goats", 2, 1), UPDATED, now);
    browser.awaitTrue("window.answered === 1");
    await("the dialog to be gone").until(() -> browser.text("#dialog").isEmpty());
    edit("saving makes it 3");
    topics.answerable(new Revision("goats", 4, 1), UPDATED, now);
    browser.awaitText("#dialog .way", "overtaken by revision 4");
    assertThat(browser.script("return String(window.answered)")).isEqualTo("1");
  }

  /** Opens the goats, and saves them. */
  private static void edit(String said) {
    browser.script(
        "import('/page/edit.js').then((module) => module.edit('goats',"
            + " () => { window.answered = (window.answered ?? 0) + 1; }))");
    browser.awaitText("#dialog", said);
    browser.click("#dialog button[type=submit]");
    browser.awaitText("#dialog .way", "accepted");
  }

  @Test
  void theWayOfAnEditIsShownStepByStep() throws Exception {
    String goats = "{\"id\": \"goats\", \"revision\": 1, \"text\": \"Goats eat grass.\"}";
    json(202, topics.door().post("/v1/documents", goats));
    look("(v1)");
    edit("saving makes it 2");
    assertThat(browser.text("#dialog .way")).matches("accepted: partition \\d+, offset 1, \\d+ ms");
    Instant read = Instant.now();
    Instant published = read.plusMillis(120);
    Revision saved = new Revision("goats", 2, 1);
    topics.became(saved, UPDATED, new EditProgress(read, published, null));
    browser.awaitText(
        "#dialog .way", "embedded: 1 passage, 7 kept, 1 gone, 120 ms after it was read");
    topics.became(saved, UPDATED, new EditProgress(read, published, read.plusMillis(340)));
    browser.awaitTrue("window.answered === 1");
    assertThat(browser.script("return document.querySelector('#dialog .way').textContent"))
        .asString()
        .containsPattern("answerable, 340 ms after it was read — \\d+ ms since the click$");
    browser.awaitText("#feed", "1 embedded · 7 kept · 1 gone · 340 ms");
  }

  /** No updater has made a checkpoint here. */
  @Test
  void howManyEditsWaitIsNotGuessed() throws Exception {
    look("(v1)");
    browser.awaitText("#waiting", "unknown");
  }

  @Test
  void whatAVersionThatIsBuiltPublishesIsNoEdit() throws Exception {
    topics.begin(2);
    look("(v1)");
    Instant now = Instant.now();
    topics.answerable(new Revision("built", 1, 2), ADDED, now);
    topics.answerable(new Revision("edited", 1, 1), ADDED, now);
    browser.awaitText("#feed", "edited");
    assertThat(browser.text("#feed")).doesNotContain("built");
    await("an edit to be counted").until(() -> label(0).endsWith("at most 1/min"));
    topics.change(2, BUILDING, READY);
    topics.change(2, READY, ACTIVE);
    look("(v2)");
    topics.answerable(new Revision("later", 1, 2), ADDED, Instant.now().plusSeconds(1));
    browser.awaitText("#feed", "later");
    assertThat(browser.text("#feed")).contains("edited").doesNotContain("built");
  }

  @Test
  void howFarAVersionIsThatIsBuiltIsShown() throws Exception {
    topics.begin(2);
    topics.loaded(300, 1);
    topics.loaded(100, 2);
    look("(v1)");
    String row = "#version-list li:first-child";
    browser.awaitText(row, "built 100 of 300");
    Matcher said = PACE.matcher(browser.text(row));
    assertThat(said.find()).as(browser.text(row)).isTrue();
    double perSecond = Double.parseDouble(said.group(1));
    // both numbers are rounded
    assertThat(Double.parseDouble(said.group(2)))
        .isBetween(200 / (perSecond + 0.5) - 1, 200 / (perSecond - 0.5) + 1);
    assertThat(browser.isTrue("document.querySelector('progress').position === 1 / 3")).isTrue();
    assertThat(browser.label("progress", 0)).isEqualTo("documents in version 2");
    topics.change(2, BUILDING, READY);
    browser.awaitText(row, "ready");
    assertThat(browser.text(row)).doesNotContain("built");
  }

  @Test
  void whyTheLastDeadLetterIsOneIsShownBesideTheirNumber() throws Exception {
    look("(v1)");
    browser.awaitText("#letters", "0 (last: none)");
    topics.deadLetter("MALFORMED");
    browser.awaitText("#letters", "1 (last: MALFORMED)");
    topics.deadLetter("<b>TOO_LARGE</b>");
    browser.awaitText("#letters", "2 (last: <b>TOO_LARGE</b>)");
    browser.click("#letters-show");
    browser.awaitText("#dialog", "The last 2, newest first.");
    assertThat(browser.text("#dialog .letters li:first-child")).contains("<b>TOO_LARGE</b>");
    browser.click("#dialog-close");
  }

  @Test
  void aReaderForWhomThereIsNoStreamIsTold() throws Exception {
    List<EventStream> others = new ArrayList<>();
    try {
      while (others.size() < PLACES) {
        others.add(EventStream.open(topics.door(), "version", null));
      }
      browser.go(topics.door().address() + "/");
      await("the page to say so")
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                topics.beat();
                topics.mark(1, 1, Instant.now());
                return browser.text("#banner").contains("too many event streams at once");
              });
      json(200, topics.door().get("/v1/health"));
      assertThat(isAway()).isTrue();
    } finally {
      for (EventStream other : others) {
        other.close();
      }
    }
    await("the page to be connected")
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              topics.mark(1, 2, Instant.now());
              return browser.text("#banner").isEmpty() && browser.text("#fresh").endsWith("ago");
            });
  }

  @Test
  void aStreamThatOnlyHasNothingToTellIsNoReasonToBeginAnew() throws Exception {
    look("(v1)");
    topics.answerable(new Revision("first", 1, 1), ADDED, Instant.now());
    browser.awaitText("#feed", "first");
    browser.script(
        "const now = Date.now.bind(Date); window.aheadMs = 0;"
            + "Date.now = () => now() + window.aheadMs;");
    for (int i = 0; i < 2; i++) {
      browser.script("window.aheadMs += 6 * 60_000");
      browser.awaitTrue(
          "import('/page/events.js').then(({ stream }) => Date.now() - stream.heard < 60_000)");
    }
    topics.answerable(new Revision("second", 1, 1), ADDED, Instant.now());
    browser.awaitText("#feed", "second");
    assertThat(browser.text("#feed-note")).doesNotContain("anew");
    browser.script("window.aheadMs += 11 * 60_000");
    browser.awaitText("#feed-note", "begun anew: nothing was heard for over ten minutes");
  }

  @Test
  void aVersionThatNeverAnsweredIsActivatedAndOnlySwitchesAreShown() throws Exception {
    topics.ready(2);
    topics.ready(3);
    topics.change(3, READY, ACTIVE);
    look("(v3)");
    topics.proposeInVain(2, BUILDING, ACTIVE);
    browser.click("button[aria-label='rollback version 1']");
    browser.awaitText("#active", "(v1)");
    browser.awaitText("#switches", "v1 answers again");
    assertThat(browser.text("#switches")).contains("v3 answers").doesNotContain("v2");
    browser.click("button[aria-label='activate version 2']");
    browser.awaitText("#active", "(v2)");
    browser.awaitText("#switches", "v2 answers");
  }

  @Test
  void whyAChangeWasRefusedStaysWhileTheListChanges() throws Exception {
    topics.ready(2);
    topics.begin(3);
    topics.change(3, BUILDING, PAUSED);
    topics.begin(4);
    look("(v1)");
    browser.click("button[aria-label='resume version 3']");
    String failure = "#version-list li:nth-child(2) .failure";
    browser.awaitText(failure, "version 4 is BUILDING already");
    topics.change(2, READY, RETIRED);
    browser.awaitText("#version-list", "retired");
    assertThat(browser.text(failure)).contains("version 4 is BUILDING already");
    assertThat(browser.script("return document.activeElement.ariaLabel"))
        .isEqualTo("resume version 3");
    assertThat(browser.violations()).isEmpty();
  }

  private static boolean isAway() {
    return browser.isTrue("document.body.classList.contains('away')");
  }
}
