package io.realmstream.deploy.cli.serve.page;

import static io.realmstream.deploy.cli.serve.HttpDoor.json;
import static io.realmstream.schemas.document.Outcome.ADDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.serve.page.WrittenTopics.Revision;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The page by real keys alone. */
class PageKeyboardIT extends WrittenPage {
  @Test
  void aQuestionIsAskedExplainedAndItsDocumentEditedByKeys() throws Exception {
    String goats = "{\"id\": \"goats\", \"revision\": 1, \"text\": \"Goats eat grass.\"}";
    json(202, topics.door().post("/v1/documents", goats));
    look("(v1)");
    browser.keys(Keys.TAB);
    assertThat(focus("textContent")).isEqualTo("Skip to the question");
    browser.keys(Keys.ENTER);
    assertThat(focus("id")).isEqualTo("question");
    browser.keys("What do goats eat?", Keys.ENTER);
    topics.answers().answer(WrittenAnswers.saying("goats", "Goats eat grass."));
    browser.awaitText("#answer .headline", "Goats eat grass.");

    browser.tabTo("#answer .headline .word");
    assertThat(browser.text(".tip")).contains("p(y|x)");
    browser.keys(Keys.TAB);
    assertThat(focus("textContent")).as("within the explanation").isEqualTo("more");
    browser.keys(Keys.ESCAPE);
    assertThat(browser.text(".tip")).isEmpty();
    assertThat(focus("className")).as("back on the word").isEqualTo("word");

    browser.tabTo("#answer .links button.link");
    assertThat(focus("textContent")).isEqualTo("edit this");
    browser.keys(Keys.ENTER);
    browser.awaitText("#dialog", "saving makes it 2");
    browser.tabTo("#edit-text");
    browser.keys(Keys.END, " And hay.");
    browser.tabTo("#dialog button[type=submit]");
    browser.keys(Keys.SPACE);
    browser.awaitText("#dialog .way", "accepted");
    assertThat(topics.edits().get(1).text()).isEqualTo("Goats eat grass. And hay.");
    browser.keys(Keys.ESCAPE);
    browser.awaitTrue("!document.querySelector('#dialog').open");
    assertThat(focus("textContent")).as("where it was").isEqualTo("edit this");
  }

  @Test
  void whatIsFoldedTheHelpAndThePauseByKeys() throws Exception {
    look("(v1)");
    browser.tabTo("#help");
    browser.keys(Keys.ENTER);
    browser.awaitText("#words", "What the words mean");
    browser.keys(Keys.ESCAPE);
    browser.awaitTrue("!document.querySelector('#words').open");
    assertThat(focus("id")).isEqualTo("help");
    browser.tabTo("#more summary");
    browser.keys(Keys.ENTER);
    browser.tabTo("#kind");
    browser.keys(Keys.ARROW_DOWN);
    assertThat(browser.script("return document.querySelector('#kind').value"))
        .isEqualTo("RETRIEVE");
    browser.tabTo("#exact");
    browser.keys(Keys.SPACE);
    assertThat(browser.isTrue("document.querySelector('#exact').checked")).isTrue();
    browser.tabTo("#pause");
    browser.keys(Keys.SPACE);
    assertThat(focus("textContent")).isEqualTo("go on");
    for (String id : List.of("goats", "bees", "hens")) {
      topics.answerable(new Revision(id, 1, 1), ADDED, Instant.now());
    }
    browser.awaitText("#feed-note", "3 edits since");
    assertThat(browser.text("#feed")).isEmpty();
    browser.keys(Keys.SPACE);
    browser.awaitText("#feed", "hens");
    assertThat(browser.text("#feed")).contains("goats", "bees");
    assertThat(focus("textContent")).isEqualTo("pause");
    browser.tabTo("#publish summary");
    browser.keys(Keys.ENTER);
    browser.tabTo("#publish .ways button");
  }

  private static String focus(String property) {
    return String.valueOf(
        browser.script("return document.activeElement[arguments[0]].trim()", property));
  }
}
