package io.realmstream.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.realmstream.deploy.cli.Realm;
import io.realmstream.jobs.RealmOptions;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;

/** What the runbook names exists. */
class RunbookTest {
  private static final Pattern NAME = Pattern.compile("`([a-z]+[A-Z]\\w*)`");
  private static final Pattern OPTION = Pattern.compile("`(realm(?:\\.[a-z-]+)+)[`:]");

  /** Of answers. */
  private static final Set<String> FIELDS = Set.of("indexedThrough");

  @Test
  void everyCommandIsOneThatThereIs() throws Exception {
    assertThat(Runbook.commands()).isNotEmpty();
    for (Runbook.Command command : Runbook.commands()) {
      if (!command.isOurs()) {
        assertThat(command.isRun()).as(command.line()).isFalse();
        continue;
      }
      assertThatCode(() -> Realm.commandLine().parseArgs(command.arguments()))
          .as(command.line())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void everyMetricIsListed() throws Exception {
    Set<String> listed =
        MonitoringFiles.listed().stream()
            .map(metric -> metric.substring(metric.lastIndexOf('_') + 1))
            .collect(Collectors.toSet());
    Matcher names = NAME.matcher(MonitoringFiles.text("RUNBOOK.md"));
    while (names.find()) {
      if (!FIELDS.contains(names.group(1))) {
        assertThat(listed).contains(names.group(1));
      }
    }
  }

  @Test
  void everySettingIsOne() throws Exception {
    Set<String> keys = new TreeSet<>();
    for (Field field : RealmOptions.class.getFields()) {
      if (field.get(null) instanceof ConfigOption<?> option) {
        keys.add(option.key());
      }
    }
    Matcher options = OPTION.matcher(MonitoringFiles.text("RUNBOOK.md"));
    while (options.find()) {
      assertThat(keys).contains(options.group(1));
    }
  }
}
