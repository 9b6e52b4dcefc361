package io.realmstream.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.realmstream.deploy.cli.Realm;
import io.realmstream.jobs.RealmOptions;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the runbook and the pages for operators name exists. */
class RunbookTest {
  private static final Pattern NAME = Pattern.compile("`([a-z]+[A-Z]\\w*)[`:]");
  private static final Pattern OPTION = Pattern.compile("`(realm(?:\\.[a-z-]+)+)[`:]");
  private static final Pattern FILE = Pattern.compile("deploy/[\\w./-]*\\w");
  private static final Pattern LINK = Pattern.compile("\\]\\(([\\w./-]+)");

  /** Of answers, and of resources of Flink's operator. */
  private static final Set<String> FIELDS =
      Set.of(
          "indexedThrough",
          "flinkVersion",
          "upgradeMode",
          "initialSavepointPath",
          "savepointRedeployNonce");

  /** Pages of which tests run: MonitoringIT the first two, RunCommandsIT, LauncherIT. */
  private static final Set<String> RUN =
      Set.of("RUNBOOK.md", "COMMANDS.md", "README.md", "SHIPPING.md");

  /** Other pages say it before their first command. */
  private static final String NONE_IS_RUN = "No command of this page is run by a test";

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandIsOneThatThereIsAndIsRunOrSaysThatItIsNot(String page) throws Exception {
    boolean none = MonitoringFiles.text(page).contains(NONE_IS_RUN);
    for (Runbook.Command command : Runbook.commands(page)) {
      boolean isRun = command.isRun() && !none;
      assertThat(isRun).as(page + ": " + command.line()).isIn(false, RUN.contains(page));
      if (!command.isOurs()) {
        assertThat(isRun).as(page + ": " + command.line()).isFalse();
        continue;
      }
      assertThatCode(() -> Realm.commandLine().parseArgs(command.arguments()))
          .as(command.line())
          .doesNotThrowAnyException();
    }
  }

  static List<String> pages() throws IOException {
    return Runbook.pages();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUNBOOK.md", "SHIPPING.md", "CAPACITY.md"})
  void everyFileIsThere(String page) throws Exception {
    for (Runbook.Command command : Runbook.commands(page)) {
      FILE.matcher(command.line())
          .results()
          .forEach(file -> assertThat(MonitoringFiles.root().resolve(file.group())).exists());
    }
    LINK.matcher(MonitoringFiles.text(page))
        .results()
        .filter(link -> !link.group(1).startsWith("http"))
        .forEach(
            link ->
                assertThat(MonitoringFiles.root().resolve("deploy").resolve(link.group(1)))
                    .exists());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUNBOOK.md", "SHIPPING.md", "CAPACITY.md"})
  void everyMetricIsListed(String page) throws Exception {
    Set<String> listed =
        MonitoringFiles.listed().stream()
            .map(metric -> metric.substring(metric.lastIndexOf('_') + 1))
            .collect(Collectors.toSet());
    Matcher names = NAME.matcher(MonitoringFiles.text(page));
    while (names.find()) {
      if (!FIELDS.contains(names.group(1))) {
        assertThat(listed).contains(names.group(1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUNBOOK.md", "SHIPPING.md", "CAPACITY.md"})
  void everySettingIsOne(String page) throws Exception {
    Set<String> keys = new TreeSet<>();
    for (Field field : RealmOptions.class.getFields()) {
      if (field.get(null) instanceof ConfigOption<?> option) {
        keys.add(option.key());
      }
    }
    Matcher options = OPTION.matcher(MonitoringFiles.text(page));
    while (options.find()) {
      assertThat(keys).contains(options.group(1));
    }
  }
}
