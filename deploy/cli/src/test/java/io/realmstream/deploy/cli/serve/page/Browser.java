package io.realmstream.deploy.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The Chromium of this machine, without a window. It reaches only loopback. Where there is none,
 * the tests are skipped, unless {@code -Drealm.browser.required=true}.
 */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChromeDriver driver;
  private final List<String> requests = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private @Nullable Object clock;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  static Browser open() {
    @Nullable File browser = onPath("chromium", "google-chrome", "chrome");
    @Nullable File chromedriver = onPath("chromedriver");
    boolean found = browser != null && chromedriver != null;
    assumeTrue(
        found || Boolean.getBoolean("realm.browser.required"),
        "there is no chromium with chromedriver on the path");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Objects.requireNonNull(browser, "no chromium on the path"));
    options.addArguments(
        "--headless=new",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1");
    if (System.getProperty("user.name").equals("root")) {
      options.addArguments("--no-sandbox");
    }
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Objects.requireNonNull(chromedriver, "no chromedriver"))
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static @Nullable File onPath(String... names) {
    return Stream.of(names)
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> new File(folder, name)))
        .filter(File::canExecute)
        .findFirst()
        .orElse(null);
  }

  void go(String address) {
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

  void awaitText(String selector, String part) {
    await(part + " in " + selector)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> text(selector).contains(part));
  }

  void click(String selector) {
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

  /** Puts text into a field by script, since a driver cannot type half of a surrogate pair. */
  void put(String selector, String text) {
    script("document.querySelector(arguments[0]).value = arguments[1]", selector, text);
  }

  @Nullable Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Whether an expression, or what it promises, is true. */
  boolean isTrue(String expression) {
    return Boolean.TRUE.equals(script("return " + expression));
  }

  void awaitTrue(String expression) {
    await(expression).atMost(PATIENCE).ignoreExceptions().until(() -> isTrue(expression));
  }

  /** Chooses a file of that content. */
  void choose(String selector, String name, String content) {
    script(
        """
        const chosen = new DataTransfer();
        chosen.items.add(new File([arguments[2]], arguments[1]));
        const input = document.querySelector(arguments[0]);
        input.files = chosen.files;
        input.dispatchEvent(new Event('change'));
        """,
        selector,
        name,
        content);
  }

  /** Sets the size of the window and the colour scheme. */
  void look(int width, int height, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
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
  void screenshot(String name) throws IOException {
    String folder = System.getProperty("realm.screenshots");
    if (folder != null) {
      script("scrollTo(0, 0)");
      Files.write(Path.of(folder, name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
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
