package io.realmstream.deploy.cli.serve.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.util.Objects;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The Chromium of this machine, without a window. It reaches only loopback. Where there is none,
 * the tests are skipped, unless {@code -Drealm.tools.required=true}.
 */
final class Chromium {
  private Chromium() {}

  static ChromeDriver start() {
    @Nullable File browser = onPath("chromium", "google-chrome", "chrome");
    @Nullable File chromedriver = onPath("chromedriver");
    boolean found = browser != null && chromedriver != null;
    assumeTrue(
        found || Boolean.getBoolean("realm.tools.required"),
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
    return new ChromeDriver(service, options);
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
}
