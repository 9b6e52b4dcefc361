package io.realmstream.deploy.cli.serve.page;

import static io.realmstream.schemas.document.Outcome.ADDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.serve.page.WrittenTopics.Revision;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The page while what is behind its door stops, and when it comes back. */
class PageOutageIT extends WrittenPage {
  private long marks;

  @Test
  void jobsThatStoppedAreSaidAndComeBackByThemselves() throws Exception {
    look("(v1)");
    browser.awaitText("#banner", "no updater tells how far it is");
    assertThat(browser.text("#banner")).contains("Nothing is heard since", "no retriever tells");
    assertGreyed();
    await("the updater to be back alone")
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              topics.beat();
              return !browser.text("#banner").contains("no updater tells");
            });
    assertThat(browser.text("#banner")).contains("no retriever tells how fresh it is");
    assertGreyed();
    awaitConnected();
  }

  @Test
  void aBrokerThatStoppedIsSaidAndComesBackByItself() throws Exception {
    look("(v1)");
    topics.answerable(new Revision("first", 1, 1), ADDED, Instant.now());
    browser.awaitText("#feed", "first");
    broker.close();
    try {
      browser.awaitText("#banner", "Nothing is heard since");
      browser.awaitText("#banner", "broker");
      assertGreyed();
      assertThat(browser.text("#feed")).contains("first");
    } finally {
      broker.startAgain();
    }
    awaitConnected();
    topics.answerable(new Revision("second", 1, 1), ADDED, Instant.now());
    browser.awaitText("#feed", "second");
    assertThat(browser.text("#feed")).contains("first");
    ask("What do goats eat?", WrittenAnswers.saying("goats", "Goats eat grass."));
    assertThat(browser.text("#answer .headline")).contains("Goats eat grass.");
  }

  private static void assertGreyed() {
    assertThat(browser.isTrue("document.body.classList.contains('away')")).isTrue();
    assertThat(browser.text("#fresh")).isEqualTo("unknown");
  }

  /** Both jobs tell again; the page is not touched. */
  private void awaitConnected() {
    await("the page to be connected again")
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              topics.beat();
              topics.mark(1, ++marks, Instant.now());
              return browser.text("#banner").isEmpty() && browser.text("#fresh").endsWith("ago");
            });
    assertThat(browser.said()).isEqualTo("connected again");
  }
}
