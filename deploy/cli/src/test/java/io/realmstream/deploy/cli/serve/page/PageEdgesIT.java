package io.realmstream.deploy.cli.serve.page;

import static io.realmstream.deploy.cli.serve.HttpDoor.json;
import static io.realmstream.schemas.document.Outcome.ADDED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.cli.serve.page.WrittenTopics.Revision;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.json.Codecs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page where things are odd: clocks, tabs, a day asleep, texts that attack it, files. */
class PageEdgesIT extends WrittenPage {
  private static final Duration DAY = Duration.ofDays(1);

  @AfterEach
  void setClock() {
    browser.setClock(Duration.ZERO);
  }

  private void look() {
    look("(v1)");
  }

  @Test
  void agesAreCountedFromTheServersClock() throws Exception {
    for (Duration ahead : List.of(DAY, DAY.negated())) {
      browser.setClock(ahead);
      look();
      assertThat(clockAhead()).isBetween(ahead.minusMinutes(1), ahead.plusMinutes(1));
      topics.mark(1, ahead.isNegative() ? 2 : 1, Instant.now().minus(Duration.ofMinutes(90)));
      browser.awaitText("#fresh", "1 h ago");
      topics.answerable(new Revision("goats", 1, 1), ADDED, Instant.now());
      browser.awaitText("#feed", "goats");
      await("an edit to be counted within the last hour")
          .until(() -> browser.label("#timeline svg", 0).matches(".*at most [12]/min"));
      assertThat(browser.text("#banner")).isEmpty();
      ObjectNode result = WrittenAnswers.saying("goats", "Goats eat grass.");
      WrittenAnswers.passage(result)
          .put("revisionTime", Instant.now().minus(Duration.ofMinutes(5)).toString());
      ask("What do goats eat?", result);
      assertThat(browser.text("#answer th[scope=row]")).contains("5 min old");
    }
  }

  private static Duration clockAhead() {
    String now = String.valueOf(browser.script("return new Date().toISOString()"));
    return Duration.between(Instant.now(), Instant.parse(now));
  }

  @Test
  void twoTabsSeeTheSameAndKeepTheirOwnQuestions() throws Exception {
    look();
    ask("What do goats eat?", WrittenAnswers.saying("goats", "Goats eat grass."));
    String first = browser.tab();
    String second = browser.openTab();
    look();
    assertThat(browser.text("#answer")).isEmpty();
    ask("What do bees make?", WrittenAnswers.saying("bees", "Bees make honey."));
    topics.answerable(new Revision("goats", 2, 1), ADDED, Instant.now());
    browser.awaitText("#feed", "goats");
    assertThat(browser.text("#answer")).contains("honey").doesNotContain("no longer in force");
    browser.toTab(first);
    browser.awaitText("#feed", "goats");
    browser.awaitText("#changed", "no longer in force");
    assertThat(browser.text("#answer")).contains("grass").doesNotContain("honey");
    browser.closeTab(second, first);
    topics.answerable(new Revision("bees", 2, 1), ADDED, Instant.now());
    browser.awaitText("#feed", "bees");
  }

  /** Meanwhile the topics let go of what it had not seen. */
  @Test
  void aTabThatSleptForADayBeginsAnew() throws Exception {
    look();
    topics.answerable(new Revision("first", 1, 1), ADDED, Instant.now());
    browser.awaitText("#feed", "first");
    topics.close();
    for (int i = 0; i < 20; i++) {
      topics.answerable(new Revision("missed " + i, 1, 1), ADDED, Instant.now());
    }
    topics.forgetStatuses();
    topics.answerable(new Revision("kept", 1, 1), ADDED, Instant.now());
    browser.script("const now = Date.now.bind(Date); Date.now = () => now() + " + DAY.toMillis());
    browser.awaitText("#banner", "Not connected since");
    topics.reopen();
    browser.awaitText("#feed", "kept");
    browser.awaitText("#feed-note", "begun anew");
    assertThat(browser.text("#feed")).doesNotContain("first", "missed");
    topics.mark(1, 1, Instant.now().minus(Duration.ofMinutes(90)));
    browser.awaitText("#fresh", "1 h ago");
  }

  @Test
  void aGapBeginsAnew() throws Exception {
    look();
    topics.answerable(new Revision("first", 1, 1), ADDED, Instant.now());
    browser.awaitText("#feed", "first");
    topics.close();
    topics.answerable(new Revision("missed", 1, 1), ADDED, Instant.now());
    topics.forgetStatuses();
    topics.answerable(new Revision("kept", 1, 1), ADDED, Instant.now());
    topics.reopen();
    browser.awaitText("#feed-note", "begun anew: some events are no longer held");
    browser.awaitText("#feed", "kept");
    assertThat(browser.text("#feed")).doesNotContain("first", "missed");
  }

  @Test
  void whatAnAnswerSaysIsTextAndNothingRuns() throws Exception {
    look();
    for (String text : HostileTexts.all()) {
      ObjectNode result = WrittenAnswers.saying(text, text);
      WrittenAnswers.passage(result).put("link", text).put("license", text);
      ask("What says " + text, result);
      HostileTexts.assertHarmless(browser, text);
      assertShown("#answer .headline bdi", text);
      assertShown("#answer .reason bdi", text);
      assertShown("#answer th[scope=row] bdi", text);
      assertShown("#answer blockquote mark", text);
      // the document, which is no link, and the licence
      assertShown("#answer .links bdi:nth-of-type(1)", text);
      assertShown("#answer .links bdi:nth-of-type(2)", text);
      topics.answerable(new Revision(Utf8.whole(text), 2, 1), ADDED, Instant.now());
      topics.failed(new Revision(Utf8.whole(text), 3, 1), text);
    }
    ask("What does it say?", WrittenAnswers.saying("javascript:window.harmed=1", "last"));
    browser.awaitText("#feed", "window.harmed");
    HostileTexts.assertHarmless(browser, "the feed");
    assertThat(browser.script("return document.querySelector('#answer .links a')")).isNull();
    assertThat(browser.complaints()).noneMatch(line -> line.contains("Content Security Policy"));
  }

  @Test
  void aPlainTextIsADocumentAndALargeFileIsForTheCommandLine() throws Exception {
    look();
    browser.choose("#load-file", "Goats and hay.txt", "Goats eat hay.\nThey like it.");
    browser.awaitText("#load-progress", "1 file: 1 of 1 sent");
    assertThat(browser.said()).isEqualTo("1 file: 1 sent");
    DocumentEdit edit = topics.edits().get(0);
    assertThat(edit.id()).isEqualTo("Goats and hay.txt");
    assertThat(edit.title()).isEqualTo("Goats and hay");
    assertThat(edit.text()).isEqualTo("Goats eat hay.\nThey like it.");
    browser.choose("#load-file", "large.txt", "x".repeat(1024), 20 * 1024 + 1);
    browser.awaitText("#load-progress", "large.txt is over 20 MiB: use the command line");
    assertThat(topics.edits()).hasSize(1);
  }

  @Test
  void aHostileTextOfFourMebibytesIsTextToo() throws Exception {
    look();
    String attack = "<img src=x onerror=window.harmed=1>";
    String text = attack.repeat((4 << 20) / attack.length());
    for (String field : List.of("title", "link", "document", "license", "reason")) {
      ObjectNode result = WrittenAnswers.saying("goats", "Goats eat grass.");
      (field.equals("reason") ? result : WrittenAnswers.passage(result)).put(field, text);
      ask("What do goats eat?", result);
      HostileTexts.assertHarmless(browser, field);
      assertThat(browser.script("return document.querySelector('#answer .links a')")).isNull();
      assertThat(browser.script("return document.querySelector('#answer').textContent.length"))
          .as(field)
          .satisfies(length -> assertThat((Long) length).isLessThan(3_000));
      assertThat(browser.text("#answer").contains(attack)).isEqualTo(!field.equals("link"));
    }
    // a status has 1 MiB at most
    topics.failed(new Revision("goats", 2, 1), text.substring(0, 1_000_000));
    browser.awaitText("#feed", attack);
    HostileTexts.assertHarmless(browser, "the feed");
    assertThat(browser.text("#feed").length()).isLessThan(1_000);
  }

  /** Whether an element shows a text as it is, or a long one up to where it is cut. */
  private static void assertShown(String selector, String text) throws Exception {
    Object shown =
        browser.script(
            """
            const text = JSON.parse(arguments[1]);
            const shown = document.querySelector(arguments[0]).textContent;
            return shown === text
                || shown.length > 75 && shown.endsWith('…') && text.startsWith(shown.slice(0, -1));
            """,
            selector,
            WrittenAnswers.ascii(text));
    assertThat(shown).as("%s: %s", selector, text).isEqualTo(true);
  }

  @Test
  void aFitLinkIsFollowedAsItIs() throws Exception {
    look();
    String link = "https://en.example/w/index.php?title=A%26B&oldid=9007199254740993#%22x%22";
    ObjectNode result = WrittenAnswers.saying("goats", "Goats eat grass.");
    WrittenAnswers.passage(result).put("link", link);
    ask("What do goats eat?", result);
    assertThat(browser.script("return document.querySelector('#answer .links a').href"))
        .isEqualTo(link);
    assertThat(browser.script("return document.querySelector('#answer .links a').rel"))
        .isEqualTo("noopener noreferrer");
    assertThat(browser.script("return document.querySelectorAll('#answer .links a').length"))
        .isEqualTo(1L);
  }

  @Test
  void aPassageAndADocumentOfFourMebibytesAreShown() throws Exception {
    String text = "Goats eat grass. ".repeat(4 * 1024 * 1024 / 17 - 1000);
    ObjectNode edit = Json.MAPPER.createObjectNode().put("id", "long").put("text", text);
    json(202, topics.door().post("/v1/documents", Json.line(edit.put("revision", 1))));
    look();
    ask("What do goats eat?", WrittenAnswers.saying("long", text.substring(0, 200_000)));
    assertThat(browser.text("#answer blockquote").length()).isLessThan(250_000);
    browser.press("#answer .passages", "edit this");
    browser.awaitTrue("document.querySelector('#edit-text')?.value.length === " + text.length());
  }

  @Test
  void rowsThatCannotBeToldApartAreNotLoaded() throws Exception {
    look();
    load("{\"id\": \"a\", \"text\": \"A.\"}\n{\"id\": null, \"text\": \"B.\"}");
    browser.awaitText("#load-progress", "facts.jsonl, line 2: no id");
    load("{\"id\": 12345678901234567890, \"text\": \"A.\"}");
    browser.awaitText("#load-progress", "line 1: its id is neither a text nor an exact number");
    assertThat(topics.edits()).isEmpty();
    load("{\"id\": 7, \"text\": \"A.\"}");
    browser.awaitText("#load-progress", "1 of 1 sent");
    assertThat(topics.edits().get(0).id()).isEqualTo("7");
  }

  @Test
  void aRowSaysAllThatItSaysToTheCommandLine() throws Exception {
    look();
    load("{\"id\": \"a\", \"text\": \"A.\"}\n{\"id\": \"b\", \"txt\": \"B.\"}");
    browser.awaitText("#load-progress", "facts.jsonl, line 2: no text");
    load("{\"id\": 7, \"revision\": 9007199254740993, \"text\": \"A.\"}");
    browser.awaitText("#load-progress", "line 1: a number is too large for this page");
    assertThat(topics.edits()).isEmpty();
    String whole =
        "{\"id\":\"a\",\"revision\":9007199254740993,\"title\":\"A\",\"text\":\"\","
            + "\"link\":\"https://a.example/\",\"license\":\"CC0\",\"split\":false,"
            + "\"source\":{\"wiki\":\"w\",\"pageId\":9007199254740995,\"revisionId\":2},"
            + "\"eventTime\":\"2026-01-02T03:04:05Z\",\"lang\":\"en\"}";
    load(whole + "\n{\"id\": \"b\", \"kind\": \"DELETE\"}\n{\"id\": 8, \"kind\": \"PURGE\"}");
    browser.awaitText("#load-progress", "3 of 3 sent");
    assertThat(topics.edits())
        .containsExactlyInAnyOrder(
            Codecs.DOCUMENT_EDIT.decode(whole.getBytes(UTF_8)),
            DocumentEdit.deletion("b", null),
            Codecs.DOCUMENT_EDIT.decode("{\"id\":\"8\",\"kind\":\"PURGE\"}".getBytes(UTF_8)));
    assertThat(topics.edits()).extracting(DocumentEdit::revision).contains(9007199254740993L);
  }

  private static void load(String lines) {
    browser.choose("#load-file", "facts.jsonl", lines);
  }
}
