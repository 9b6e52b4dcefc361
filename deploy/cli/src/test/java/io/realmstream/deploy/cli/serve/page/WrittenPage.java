package io.realmstream.deploy.cli.serve.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.cli.TestBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, before a door whose topics a test writes: new ones for each test. */
@Timeout(300)
@SuppressWarnings("NullAway.Init") // set before each test
abstract class WrittenPage {
  static Browser browser;
  static TestBroker broker;

  private static int topicSets;

  WrittenTopics topics;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    browser = Browser.open();
    broker = TestBroker.start(directory);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    topics = WrittenTopics.open(broker, "page" + topicSets++);
  }

  @AfterEach
  void close() {
    topics.close();
  }

  /** Asks as a person does, and answers as a retriever would. */
  void ask(String question, ObjectNode result) throws Exception {
    browser.put("#question", question);
    browser.script("document.querySelector('#answer').replaceChildren()");
    browser.click("#ask button[type=submit]");
    topics.answers().answer(result);
    browser.awaitTrue("document.querySelector('#answer .badges') !== null");
  }

  /** Opens the page and waits until it shows that version and hears events. */
  void look(String active) {
    browser.go(topics.door().address() + "/");
    browser.awaitText("#active", active);
    browser.awaitTrue("import('/page/events.js').then(({ stream }) => stream.opened !== null)");
  }
}
