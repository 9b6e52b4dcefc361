package io.realmstream.deploy.cli.serve.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** What a person, a keyboard or the developer's tools do in a {@link Chromium}. */
public final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChromeDriver driver;
  private final List<String> requests = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private @Nullable Object clock;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  public static Browser open() {
    return new Browser(Chromium.start());
  }

  public void go(String address) {
    driver.get(address);
  }

  /** The visible text of the first such element; empty if there is none. */
  String text(String selector) {
    List<WebElement> elements = driver.findElements(By.cssSelector(selector));
    return elements.isEmpty() ? "" : elements.get(0).getText();
  }

  /** What such an element says to a screen reader; index = which, from 0. */
  String label(String selector, int index) {
    return String.valueOf(
        script(
            "return document.querySelectorAll(arguments[0])[arguments[1]]?.ariaLabel",
            selector,
            index));
  }

  public void awaitText(String selector, String part) {
    await(part + " in " + selector)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> text(selector).contains(part));
  }

  public void click(String selector) {
    await("a click on " + selector)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              driver.findElement(By.cssSelector(selector)).click();
              return true;
            });
  }

  /** Presses the first button with that label within an element. */
  void press(String within, String label) {
    await("a button " + label)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              driver.findElements(By.cssSelector(within + " button")).stream()
                  .filter(button -> button.getText().equals(label))
                  .findFirst()
                  .orElseThrow()
                  .click();
              return true;
            });
  }

  void type(String selector, String text) {
    WebElement field = driver.findElement(By.cssSelector(selector));
    field.clear();
    field.sendKeys(text);
  }

  /** Real keys, for whatever has the focus. */
  public void keys(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Presses Tab until such an element has the focus. */
  void tabTo(String selector) {
    await("the focus on " + selector)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              keys(Keys.TAB);
              return isTrue("document.activeElement.matches(\"" + selector + "\")");
            });
  }

  /** Puts text into a field by script, since a driver cannot type half of a surrogate pair. */
  void put(String selector, String text) {
    script("document.querySelector(arguments[0]).value = arguments[1]", selector, text);
  }

  public @Nullable Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Whether an expression, or what it promises, is true. */
  boolean isTrue(String expression) {
    return Boolean.TRUE.equals(script("return " + expression));
  }

  public void awaitTrue(String expression) {
    await(expression).atMost(PATIENCE).ignoreExceptions().until(() -> isTrue(expression));
  }

  /** Chooses a file of that content. */
  void choose(String selector, String name, String content) {
    choose(selector, name, content, 1);
  }

  /** Chooses a file that repeats a content so many times. */
  void choose(String selector, String name, String content, int times) {
    script(
        """
        const chosen = new DataTransfer();
        chosen.items.add(new File(Array(arguments[3]).fill(arguments[2]), arguments[1]));
        const input = document.querySelector(arguments[0]);
        input.files = chosen.files;
        input.dispatchEvent(new Event('change'));
        """,
        selector,
        name,
        content,
        times);
  }

  /** What the page announced last to a screen reader. */
  String said() {
    return String.valueOf(
        script("return document.querySelector('#said[role=status]').textContent"));
  }

  /** Sets the size of the window and the colour scheme. */
  public void look(int width, int height, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** A command of the developer's tools. */
  Map<String, Object> command(String name) {
    return driver.executeCdpCommand(name, Map.of());
  }

  /** How far the clock of pages is ahead that are loaded from now on. */
  void setClock(Duration ahead) {
    if (clock != null) {
      driver.executeCdpCommand(
          "Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", clock));
    }
    String source =
        """
        window.Date = class extends Date {
          constructor(...parts) { parts.length === 0 ? super(Date.now()) : super(...parts); }
          static now() { return super.now() + %d; }
        };
        """;
    Map<String, Object> added =
        driver.executeCdpCommand(
            "Page.addScriptToEvaluateOnNewDocument",
            Map.of("source", source.formatted(ahead.toMillis())));
    clock = added.get("identifier");
  }

  String tab() {
    return driver.getWindowHandle();
  }

  /** Opens another tab and goes there. */
  String openTab() {
    return driver.switchTo().newWindow(WindowType.TAB).getWindowHandle();
  }

  void toTab(String tab) {
    driver.switchTo().window(tab);
  }

  /** Closes a tab and goes to the other. */
  void closeTab(String closed, String other) {
    toTab(closed);
    driver.close();
    toTab(other);
  }

  /** Saves a screenshot if {@code -Drealm.screenshots=DIR} is set. */
  public void screenshot(String name) throws IOException {
    String folder = System.getProperty("realm.screenshots");
    if (folder != null) {
      script("scrollTo(0, 0)");
      Path pictures = Files.createDirectories(Path.of(folder));
      Files.write(pictures.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }
  }

  /** All requests that the page has made. */
  List<String> requests() throws IOException {
    readLogs();
    return List.copyOf(requests);
  }

  /** What the browser complains of, for instance a broken policy. */
  List<String> complaints() throws IOException {
    readLogs();
    return List.copyOf(complaints);
  }

  private void readLogs() throws IOException {
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = Json.MAPPER.readTree(entry.getMessage()).path("message");
      if (message.path("method").asText().equals("Network.requestWillBeSent")) {
        requests.add(message.path("params").path("request").path("url").asText());
      }
    }
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      complaints.add(entry.getMessage());
    }
  }

  /** What axe finds wrong, one line each: the rule and the place. */
  List<String> violations() throws IOException {
    try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
      script(new String(Objects.requireNonNull(axe).readAllBytes(), UTF_8));
    }
    Object found =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run().then(
                (r) => done(r.violations.flatMap(
                    (v) => v.nodes.map((n) => v.id + ': ' + n.html.slice(0, 200)))),
                (e) => done(['axe failed: ' + e]));
            """);
    List<String> lines = new ArrayList<>();
    ((List<?>) Objects.requireNonNull(found)).forEach(line -> lines.add(String.valueOf(line)));
    return lines;
  }

  void assertNoSidewaysScroll() {
    assertThat(script("return document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
