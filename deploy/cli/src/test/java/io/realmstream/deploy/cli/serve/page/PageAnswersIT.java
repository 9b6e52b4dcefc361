package io.realmstream.deploy.cli.serve.page;

import static io.realmstream.deploy.cli.serve.HttpDoor.json;
import static io.realmstream.schemas.document.Outcome.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.cli.serve.HttpDoor;
import io.realmstream.deploy.cli.serve.page.WrittenTopics.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page says of answers that lack something, or whose numbers are no plain marginal. */
class PageAnswersIT extends WrittenPage {
  private static final String LATE = "the deadline passed while reading";

  /**
   * An answer, and what must stand on the page.
   *
   * @param change of an answer that lacks nothing
   * @param warnings the badges with a warning sign, in order
   * @param says parts of the text
   * @param not what the text must not have
   */
  record Case(
      String name,
      Consumer<ObjectNode> change,
      List<String> warnings,
      List<String> says,
      List<String> not) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> badges() {
    return Stream.of(
        badge("nothing is lacking", result -> {}),
        badge(
            "some cells of a flat index",
            result -> result.put("exact", false).put("cellsProbed", 3),
            "not exact: 3 of 16 cells searched"),
        badge(
            "some cells of a divided index",
            result -> {
              result.put("exact", false).put("cellsProbed", 40);
              ((ObjectNode) result.get("version")).put("partition", "0123456789abcdef".repeat(2));
            },
            "not exact: 40 cells searched"),
        badge(
            "shards",
            result -> result.put("partial", true),
            "partial: shards were missing at the deadline"),
        badge(
            "documents",
            result -> result.put("complete", false),
            "index not complete: documents are missing"),
        badge(
            "the end of a text",
            result -> result.put("truncated", true),
            "cut: question or passages exceed a model's limit"),
        badge(
            "all of it",
            result ->
                result
                    .put("exact", false)
                    .put("partial", true)
                    .put("complete", false)
                    .put("truncated", true),
            "not exact: 16 of 16 cells searched",
            "index not complete: documents are missing",
            "partial: shards were missing at the deadline",
            "cut: question or passages exceed a model's limit"));
  }

  private static Case badge(String name, Consumer<ObjectNode> change, String... warnings) {
    return new Case(name, change, List.of(warnings), List.of("= 1.00"), List.of("do not add up"));
  }

  static Stream<Case> meanings() {
    return Stream.of(
        meaning(
            "JOINT",
            result -> result.put("normalization", "JOINT"),
            List.of("Spans of all passages were normalized together"),
            List.of("do not add up", "×")),
        meaning(
            "MAX_SPAN",
            result -> result.put("decoding", "MAX_SPAN"),
            List.of("The answer is that of the most probable single span"),
            List.of("do not add up")),
        meaning(
            "RETRIEVE",
            PageAnswersIT::retrieve,
            List.of("Passages, best first", "Nothing was read"),
            List.of("no answer", "reads", "share")),
        meaning(
            "MASKED_LM",
            PageAnswersIT::mask,
            List.of("mask 1: Goats eat grass. 0.50, hay 0.25", "is the probability of these words"),
            List.of("others", "do not add up")),
        meaning(
            "parts over one",
            result -> result.put("noAnswerMass", 0.5),
            List.of("= 1.25 (these numbers do not add up)"),
            List.of()),
        meaning(
            "shares that are not the answer's probability",
            result -> WrittenAnswers.passage(result).put("answerProbability", 0.25),
            List.of("0.25 ≠ 0.50 (these numbers do not add up)"),
            List.of()),
        meaning(
            "what is known besides",
            PageAnswersIT::confident,
            List.of(
                "confidence = 0.88",
                "references: p = 0.37",
                "references here: p = 1.00, share 0.50",
                "from enwiki, page 974, revision 1280000001"),
            List.of("do not add up")));
  }

  private static Case meaning(
      String name, Consumer<ObjectNode> change, List<String> says, List<String> not) {
    return new Case(name, change, List.of(), says, not);
  }

  private static void retrieve(ObjectNode result) {
    result.put("kind", "RETRIEVE");
    result.remove(List.of("normalization", "decoding", "answer", "noAnswerMass"));
    result.putArray("runnersUp");
    WrittenAnswers.passage(result).remove(List.of("answerProbability", "posterior", "span"));
  }

  private static void mask(ObjectNode result) {
    result.put("kind", "MASKED_LM");
    result.remove(List.of("normalization", "noAnswerMass"));
    var words = result.putArray("masks").addObject().putArray("words");
    words.addObject().put("text", "Goats eat grass.").put("probability", 0.5);
    words.addObject().put("text", "hay").put("probability", 0.25);
  }

  private static void confident(ObjectNode result) {
    result.put("confidence", 0.875);
    result.putObject("reference").put("logProbability", -1);
    ObjectNode passage = WrittenAnswers.passage(result);
    passage.putObject("reference").put("logProbability", 0).put("posterior", 0.5);
    passage
        .putObject("source")
        .put("wiki", "enwiki")
        .put("pageId", 974)
        .put("revisionId", 1280000001);
  }

  @ParameterizedTest
  @MethodSource({"badges", "meanings"})
  void whatAnAnswerLacksAndWhatItsNumbersAreIsSaid(Case expected) throws Exception {
    look("(v1)");
    ObjectNode result = WrittenAnswers.saying("goats", "Goats eat grass.");
    expected.change().accept(result);
    ask("What do goats eat?", result);
    assertThat(warnings()).isEqualTo(expected.warnings());
    assertThat(answer()).contains(expected.says());
    expected.not().forEach(text -> assertThat(answer()).doesNotContain(text));
    assertThat(browser.violations()).isEmpty();
  }

  @Test
  void anAgeThatIsNotKnownIsNotClaimed() throws Exception {
    look("(v1)");
    browser.put("#question", "What do goats eat?");
    browser.click("#ask button[type=submit]");
    topics.answers().answer(WrittenAnswers.saying("goats", "Goats eat grass."), null);
    browser.awaitText("#answer .badges", "age unknown");
    assertThat(warnings()).containsExactly("age unknown: what it has not seen cannot be said");
    assertThat(answer()).doesNotContain("seen all edits");
  }

  @Test
  void anAnswerThatCameTooLateIsSaidToBeLate() throws Exception {
    look("(v1)");
    ObjectNode late = WrittenAnswers.saying("goats", LATE);
    retrieve(late);
    late.put("kind", "OPEN_QA").put("status", "TIMED_OUT").putArray("passages");
    ask("What do goats eat?", late);
    assertThat(browser.text("#answer .headline")).isEqualTo("Late: no answer came by the deadline");
    assertThat(browser.text("#answer .reason")).isEqualTo(LATE);
    assertThat(warnings()).singleElement().asString().matches("\\d+ ms");
    assertThat(browser.said()).isEqualTo("Answered: Late: no answer came by the deadline");
  }

  @Test
  void anAnswerOfAnotherVersionThanAskedSaysSo() throws Exception {
    topics.ready(2);
    look("(v1)");
    browser.awaitTrue("!document.querySelector('#both').hidden");
    browser.put("#question", "What do goats eat?");
    browser.click("#ask-both");
    // version 1 answers both
    topics.answers().answer(WrittenAnswers.saying("goats", "Goats eat grass."));
    topics.answers().answer(WrittenAnswers.saying("goats", "Goats eat grass."));
    browser.awaitText("#answer .side.ready .badges", "version 1, not 2 as asked");
    assertThat(browser.text("#answer .side.active .badges"))
        .contains("version 1")
        .doesNotContain("as asked");
  }

  @Test
  void numbersAreRoundedSaidAndWholeOnHover() throws Exception {
    look("(v1)");
    ObjectNode result = WrittenAnswers.saying("goats", "Goats eat grass.");
    ((ObjectNode) result.get("answer")).put("probability", 0.4987654321);
    ask("What do goats eat?", result);
    assertThat(browser.text("#answer .headline .number")).isEqualTo("0.50");
    assertThat(browser.script("return document.querySelector('#answer .headline .number').title"))
        .isEqualTo("0.4987654321");
    assertThat(browser.said()).isEqualTo("Answer: Goats eat grass.");
  }

  @Test
  void aPassageStandsAmongItsSentencesWhileItsRevisionIsInForce() throws Exception {
    String text = "Bees make honey. Cows moo. Goats eat grass. Hens lay eggs. Pigs dig.";
    edit(1, text);
    look("(v1)");
    browser.awaitText("#documents", "0");
    int start = text.indexOf("Goats");
    ObjectNode result = WrittenAnswers.saying("goats", "Goats eat grass.");
    WrittenAnswers.passage(result).put("start", start).put("end", start + 16);
    ask("What do goats eat?", result);
    browser.awaitText("#answer blockquote", "Cows moo. Goats eat grass. Hens lay eggs.");
    assertThat(browser.text("#answer blockquote")).doesNotContain("Bees", "Pigs");
    edit(2, "Goats eat hay.");
    ask("What do goats eat?", result);
    browser.awaitText("#answer .passages", "no longer in force: there is revision 2");
    HttpDoor door = topics.door();
    json(202, door.send(door.request("/v1/documents/goats?revision=3").DELETE()));
    ask("What do goats eat?", result);
    browser.awaitText("#answer .passages", "its document is deleted");
    topics.answerable(new Revision("goats", 4, 1), UPDATED, Instant.now());
    browser.awaitText("#feed", "goats");
    ask("What do goats eat?", result);
    assertThat(browser.text("#answer .links .badge.warn")).contains("no longer in force");
  }

  private void edit(int revision, String text) throws Exception {
    String edit = "{\"id\": \"goats\", \"revision\": %d, \"text\": \"%s\"}";
    json(202, topics.door().post("/v1/documents", edit.formatted(revision, text)));
  }

  @Test
  void aReferenceIsAskedForAndNamed() throws Exception {
    look("(v1)");
    browser.click("#more summary");
    browser.put("#reference", "hay");
    ObjectNode result = WrittenAnswers.saying("goats", "Goats eat grass.");
    result.putObject("reference").put("logProbability", -1);
    ask("What do goats eat?", result);
    assertThat(answer()).contains("references hay: p = 0.37");
    browser.press("#answer .exports", "as curl");
    assertThat(browser.text("#dialog pre")).contains("\"references\":[\"hay\"]");
  }

  /** Each without its sign, which says by its form what the colour says. */
  private static List<String> warnings() {
    Object shown =
        browser.script(
            """
            return [...document.querySelectorAll('#answer .badges .warn')].map((badge) => {
              const [sign, ...rest] = badge.textContent;
              return sign === '!' ? rest.join('') : 'no sign: ' + badge.textContent;
            });
            """);
    return ((List<?>) Objects.requireNonNull(shown)).stream().map(String::valueOf).toList();
  }

  private static String answer() {
    return String.valueOf(browser.script("return document.querySelector('#answer').textContent"));
  }
}
