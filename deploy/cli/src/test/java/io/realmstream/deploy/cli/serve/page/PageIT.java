package io.realmstream.deploy.cli.serve.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.cli.serve.EventStream;
import io.realmstream.deploy.cli.serve.HttpDoor;
import io.realmstream.deploy.embedded.JavaProcess;
import io.realmstream.deploy.embedded.host.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, in front of {@code realm up --console}: the first ten minutes. */
@Timeout(600)
@SuppressWarnings("NullAway.Init")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageIT {
  private static final String OCTOPUS = "How many hearts does an octopus have?";
  private static final String BAUHAUS = "Who founded the Bauhaus?";

  private static Browser browser;
  private static Path directory;
  private static JavaProcess realm;
  private static HttpDoor door;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    browser = Browser.open();
    directory = folder;
    door = new HttpDoor("http://localhost:" + Ports.free(1).get(0));
    up();
  }

  @AfterAll
  static void stop() {
    if (realm != null) {
      realm.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  /** {@code realm up --console}, until its door is open. */
  private static void up() throws IOException {
    realm =
        JavaProcess.start(
            Realm.class,
            "up",
            "--console",
            "--console-port=" + door.address().substring("http://localhost:".length()),
            "--dir=" + directory,
            "--kafka-port=0",
            "--dashboard-port=0",
            "--parallelism=1");
    while (!realm.readLine().contains(door.address())) {
      // the addresses before it
    }
  }

  @Test
  @Order(1)
  void anEmptyKnowledgeBaseShowsThreeThingsToDo() throws Exception {
    browser.look(1280, 900, "light");
    browser.go(door.address() + "/");
    browser.awaitText("#start", "Nothing is known yet");
    browser.awaitText("#active", "e5-small-v2 (v1)");
    assertThat(browser.text("#start"))
        .contains("Load the sample", "Load a file", "deploy/realm load");
    browser.screenshot("1-empty");
    assertThat(browser.violations()).isEmpty();
  }

  @Test
  @Order(2)
  void theSampleRunsThroughTheFeedAndIsAsked() throws Exception {
    browser.click("#load-sample");
    browser.awaitText("#documents", "60");
    browser.awaitText("#suggestions", OCTOPUS);
    browser.awaitText("#waiting", "0");
    browser.press("#suggestions", OCTOPUS);
    browser.awaitText("#answer .headline", "three");
    assertThat(browser.text("#answer blockquote mark")).isEqualTo("three");
    assertThat(browser.text("#answer .sum")).contains("no answer", "others", "= 1.00");
    assertThat(browser.text("#answer")).doesNotContain("do not add up");
    assertThat(browser.text("#answer .badges")).contains("exact", "complete", "seen all edits");
    browser.screenshot("2-answer");
    assertThat(browser.violations()).isEmpty();
    browser.press("#answer .exports", "as curl");
    assertThat(browser.text("#dialog pre")).startsWith("curl -H").contains(OCTOPUS, "/v1/ask");
    assertThat(browser.violations()).isEmpty();
    browser.click("#dialog-close");
  }

  @Test
  @Order(3)
  void anEditChangesTheAnswerAndBothAreShown() throws Exception {
    edit("three hearts", "seven hearts");
    browser.awaitText("#answer .compare .side.after", "seven");
    assertThat(browser.text("#answer .compare .side.before")).contains("three");
    assertThat(browser.text("#answer .compare .diff")).contains("three", "seven");
    browser.awaitText("#feed li", "UPDATED");
    assertThat(browser.text("#feed li")).contains("octopus", "1 embedded");
    browser.awaitTrue("!document.querySelector('#dialog').open");
    browser.screenshot("3-edited");
    assertThat(browser.violations()).isEmpty();
  }

  /** Edits the document of the first passage by the page. */
  private static void edit(String before, String after) throws IOException {
    browser.press("#answer .passages", "edit this");
    browser.awaitText("#dialog", "saving makes it");
    Object text = browser.script("return document.querySelector('#edit-text').value");
    browser.put("#edit-text", String.valueOf(text).replace(before, after));
    assertThat(browser.violations()).isEmpty();
    browser.click("#dialog button[type=submit]");
    browser.awaitText("#dialog .way", "accepted");
  }

  @Test
  @Order(4)
  void anEditOfTheFeedTellsWhatBecameOfIt() throws Exception {
    browser.click("#feed li button");
    browser.awaitText("#dialog", "Version 1, ACTIVE: revision 2");
    assertThat(browser.text("#dialog")).contains("Octopuses");
    assertThat(browser.violations()).isEmpty();
    browser.click("#dialog-close");
  }

  @Test
  @Order(5)
  void theWordsAreExplainedToTheKeyboard() throws Exception {
    browser.script("document.querySelector('.passages button.word').focus()");
    assertThat(browser.text(".tip")).contains("p(z|x)");
    assertThat(browser.script("return document.querySelector('.tip a').getAttribute('href')"))
        .asString()
        .startsWith("/page/CONCEPTS.md#");
    assertThat(browser.violations()).isEmpty();
    browser.click("#help");
    assertThat(browser.text("#words")).contains("retrieved", "reads", "share");
    assertThat(browser.violations()).isEmpty();
    browser.click("#words-close");
  }

  @Test
  @Order(6)
  void aDeletedDocumentAnswersNoMore() throws Exception {
    browser.press("#answer .passages", "delete");
    browser.press("#dialog", "Delete it");
    browser.awaitText("#answer .compare .side.after", "No passage holds an answer");
    assertThat(browser.text("#answer .compare .side.after .headline"))
        .containsPattern("p = [01]\\.\\d\\d");
    browser.awaitText("#documents", "59");
    browser.screenshot("4-deleted");
  }

  @Test
  @Order(7)
  void darkAndNarrowAreAsReadable() throws Exception {
    browser.look(1280, 900, "dark");
    browser.screenshot("5-dark");
    assertThat(browser.violations()).isEmpty();
    assertReadableWhenNarrow("6-narrow");
  }

  private static void assertReadableWhenNarrow(String name) throws IOException {
    browser.look(360, 1600, "light");
    browser.assertNoSidewaysScroll();
    browser.screenshot(name);
    assertThat(browser.violations()).isEmpty();
    browser.look(1280, 900, "light");
  }

  @Test
  @Order(8)
  void anotherModelIsPublishedAskedBesideTheFirstAndTakenBack() throws Exception {
    browser.click("#publish summary");
    assertThat(browser.text("#both")).isEmpty();
    browser.press("#publish", "publish minilm");
    browser.awaitText("#version-list", "v2");
    browser.awaitText("#active", "(v2)");
    browser.awaitText("#switches", "v2 answers");
    askBothVersions();
    String before = statuses();
    browser.press("#version-list", "rollback");
    browser.awaitText("#active", "e5-small-v2 (v1)");
    browser.click("#ask button[type=submit]");
    browser.awaitText("#answer .badges", "version 1");
    assertThat(statuses()).as("nothing was embedded").isEqualTo(before);
  }

  /** The end of the statuses: whatever is embedded, or published, moves it. */
  private static String statuses() throws Exception {
    try (EventStream events = EventStream.open(door, "status", null)) {
      return events.next().id();
    }
  }

  /** The new version answers; the one before it is ready still. */
  private static void askBothVersions() throws Exception {
    browser.put("#question", BAUHAUS);
    browser.click("#ask-both");
    browser.awaitText("#answer .compare", "not on one scale");
    assertThat(browser.text("#answer .side.active"))
        .contains("v2", "answers", "Walter Gropius", "version 2");
    assertThat(browser.text("#answer .side.ready"))
        .contains("v1 e5-small-v2", "ready", "Walter Gropius", "version 1");
    List<String> rows = new BothVersions(door, BAUHAUS).expected(2, 1);
    assertThat(rows).anyMatch(row -> !row.endsWith("same"));
    assertThat(BothVersions.shown(browser)).isEqualTo(rows);
    browser.screenshot("6-both");
    assertThat(browser.violations()).isEmpty();
    assertReadableWhenNarrow("6-both-narrow");
  }

  /** A document of eight passages: one of them is changed, the others are left alone. */
  @Test
  @Order(9)
  void anEditEmbedsOnlyThePassageThatItChanged() throws Exception {
    Lighthouse.load(door);
    browser.put("#question", Lighthouse.QUESTION);
    browser.click("#ask button[type=submit]");
    browser.awaitText("#answer .headline", "47");
    edit("47 metres", "53 metres");
    browser.awaitText("#answer .compare .side.after", "53");
    browser.awaitText("#feed li", "UPDATED");
    assertThat(browser.text("#feed li")).contains("light", "1 embedded · 7 kept · 1 gone");
    browser.awaitTrue("!document.querySelector('#dialog').open");
    browser.screenshot("6-kept");
    assertThat(browser.violations()).isEmpty();
  }

  /** Hostile texts as title, text, id and question: two hundred, and the reason of a refusal. */
  @Test
  @Order(10)
  void hostileTextsAreTextAndNothingRuns() throws Exception {
    HostileTexts.post(door);
    browser.awaitText("#waiting", "0");
    HostileTexts.ask(browser);
    HostileTexts.showAll(browser);
    assertReadableWhenNarrow("7-hostile");
    HostileTexts.beRefused(browser);
    browser.put("#k", "5");
  }

  @Test
  @Order(11)
  void nothingThatWasKilledIsShownAsAlive() throws Exception {
    realm.kill();
    browser.awaitText("#banner", "Not connected since");
    assertThat(browser.script("return document.body.classList.contains('away')")).isEqualTo(true);
    browser.screenshot("8-away");
    assertThat(browser.violations()).isEmpty();
    up();
    await("the page to be connected again")
        .atMost(Duration.ofMinutes(2))
        .until(() -> browser.text("#fresh").endsWith("ago"));
    assertThat(browser.text("#banner")).isEmpty();
    browser.put("#question", BAUHAUS);
    browser.click("#ask button[type=submit]");
    browser.awaitText("#answer .headline", "Walter Gropius");
    browser.awaitText("#answer .badges", "seen all edits");
  }

  @Test
  @Order(12)
  void anAnswerBelowTheThresholdIsWithheld() throws Exception {
    browser.click("#more summary");
    browser.put("#least", "1");
    browser.click("#ask button[type=submit]");
    browser.awaitText("#answer .headline.second", "withheld");
    assertThat(browser.text("#answer .headline.second")).contains("Walter Gropius");
    assertThat(browser.text("#answer")).contains("is below the threshold 1.00");
    assertThat(browser.text("#answer .sum")).contains("Walter Gropius (withheld)", "= 1.00");
    browser.screenshot("9-withheld");
    assertThat(browser.violations()).isEmpty();
  }

  @Test
  @Order(13)
  void noRequestLeftTheMachineAndThePolicyWasKept() throws Exception {
    List<String> requests = browser.requests();
    assertThat(requests).isNotEmpty().allMatch(url -> url.startsWith(door.address() + "/"));
    assertThat(browser.complaints())
        .noneMatch(line -> line.contains("Content Security Policy"))
        .noneMatch(line -> line.contains("Uncaught"));
  }
}
