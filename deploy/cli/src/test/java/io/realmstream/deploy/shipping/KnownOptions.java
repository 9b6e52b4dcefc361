package io.realmstream.deploy.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.state.RocksDBSettings;
import io.realmstream.jobs.wikipedia.WikipediaOptions;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.flink.autoscaler.config.AutoScalerOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBNativeMetricOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;

/** The settings that there are: names, and values that can be read. */
final class KnownOptions {
  /** Behind the reporter's name: of these, Flink has no options with a fixed key. */
  private static final String REPORTER = "metrics.reporter.prometheus.";

  private static final String OPTIONS = "org/apache/flink/configuration/\\w+Options\\.class";

  private KnownOptions() {}

  /** Flink's, those of its operator's autoscaler, and ours that stand among Flink's. */
  static Map<String, ConfigOption<?>> ofFlink() throws Exception {
    Map<String, ConfigOption<?>> options =
        options(
            List.of(
                RocksDBOptions.class,
                RocksDBConfigurableOptions.class,
                RocksDBNativeMetricOptions.class,
                RocksDBSettings.class,
                AutoScalerOptions.class));
    Path core =
        Path.of(CoreOptions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile jar = new JarFile(core.toFile())) {
      for (String name : jar.stream().map(JarEntry::getName).toList()) {
        if (name.matches(OPTIONS)) {
          String type = name.replace(".class", "").replace('/', '.');
          options.putAll(options(List.of(Class.forName(type))));
        }
      }
    }
    return options;
  }

  static Map<String, ConfigOption<?>> ofJobs() throws IllegalAccessException {
    return options(List.of(RealmOptions.class, WikipediaOptions.class));
  }

  /** Each must be known, and its value one that it can have. */
  static void requireFlinks(Map<String, String> settings) throws Exception {
    Map<String, String> plain = new HashMap<>(settings);
    if (plain.keySet().stream().anyMatch(key -> key.startsWith(REPORTER))) {
      Class<?> reporter =
          Class.forName(Objects.requireNonNull(plain.remove(REPORTER + "factory.class")));
      assertThat(reporter).isAssignableTo(MetricReporterFactory.class);
      assertThat(plain.remove(REPORTER + "port")).matches("\\d+");
    }
    require(plain, ofFlink());
  }

  static void require(Map<String, String> settings, Map<String, ConfigOption<?>> known) {
    assertThat(known.keySet()).containsAll(settings.keySet());
    Configuration configuration = Configuration.fromMap(settings);
    for (String key : settings.keySet()) {
      assertThatCode(() -> configuration.get(known.get(key))).as(key).doesNotThrowAnyException();
    }
  }

  private static Map<String, ConfigOption<?>> options(List<Class<?>> types)
      throws IllegalAccessException {
    Map<String, ConfigOption<?>> options = new HashMap<>();
    for (Class<?> type : types) {
      for (Field field : type.getFields()) {
        if (field.getType() == ConfigOption.class) {
          ConfigOption<?> option = (ConfigOption<?>) field.get(null);
          options.put(option.key(), option);
        }
      }
    }
    return options;
  }
}
