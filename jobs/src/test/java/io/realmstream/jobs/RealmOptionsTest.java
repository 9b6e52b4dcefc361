package io.realmstream.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.Topics;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.util.ParameterTool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealmOptionsTest {
  private final Configuration settings = new Configuration();

  @Test
  void everySettingHasAKeyOfItsOwnAndADescription() throws Exception {
    List<ConfigOption<?>> options = options();
    assertThat(options).hasSizeGreaterThan(20);
    assertThat(options).extracting(ConfigOption::key).doesNotHaveDuplicates();
    assertThat(options).allMatch(option -> option.key().startsWith("realm."));
    assertThat(options)
        .extracting(option -> new HtmlFormatter().format(option.description()))
        .allMatch(description -> description.endsWith("."))
        .doesNotHaveDuplicates();
  }

  @Test
  void keysOf010AreStillThere() throws Exception {
    try (InputStream file = RealmOptionsTest.class.getResourceAsStream("settings-0.1.0.txt")) {
      String keys = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
      assertThat(options()).extracting(ConfigOption::key).containsAll(keys.lines().toList());
    }
  }

  @Test
  void topicsBeginWithThePrefix() {
    assertThat(RealmOptions.topics(settings).queries()).startsWith("realm.");

    settings.set(RealmOptions.TOPIC_PREFIX, "test.realm");
    assertThat(RealmOptions.topics(settings).queries()).startsWith("test.realm.queries");
  }

  @Test
  void aRetrieverBesideTheFirstHasItsNameBehindThePrefix() {
    assertThat(RealmOptions.topics(settings)).isEqualTo(new Topics("realm"));

    settings.set(RealmOptions.RETRIEVER, "second");
    Topics topics = RealmOptions.topics(settings);
    assertThat(topics.queries()).isEqualTo("realm.second.queries.v1");
    assertThat(topics.passageVectors()).isEqualTo("realm.passage-vectors.v1");

    settings.set(RealmOptions.RETRIEVER, "a.b");
    assertThatThrownBy(() -> RealmOptions.topics(settings)).hasMessageContaining("a.b");
  }

  @Test
  void noSearchIsMadeAgainWithAnswersExactlyOnce() {
    settings.set(RealmOptions.SEARCH_HITS_MAX, 500);
    assertThat(RealmOptions.searchHitsMax(settings)).isEqualTo(500);

    settings.set(RealmOptions.ANSWERS_DELIVERY, DeliveryGuarantee.EXACTLY_ONCE);
    assertThat(RealmOptions.searchHitsMax(settings)).isZero();
  }

  @Test
  void kafkaClientsGetFurtherPropertiesButTheirBrokersByTheirOwnSetting() {
    settings.set(
        RealmOptions.KAFKA, Map.of("security.protocol", "SSL", "bootstrap.servers", "other:1"));
    settings.set(RealmOptions.BOOTSTRAP_SERVERS, "broker:9092");

    assertThat(RealmOptions.kafka(settings))
        .containsOnly(
            Map.entry("security.protocol", "SSL"), Map.entry("bootstrap.servers", "broker:9092"));
  }

  /** They travel as an argument of the job, all in one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        " a b ",
        "a\"b",
        "it's",
        "''",
        "a:b,c;d=e",
        "pässwörd ключ 鍵",
        "\\n\\\\",
        "--x",
        "#$&"
      })
  void secretsPassThroughTheArgumentsUnchanged(String secret) {
    settings.set(RealmOptions.KAFKA, Map.of("ssl.key.password", secret, "sasl.mechanism", "PLAIN"));
    String[] arguments = {"--realm.kafka", settings.toMap().get("realm.kafka")};
    Configuration received = ParameterTool.fromArgs(arguments).getConfiguration();
    assertThat(RealmOptions.kafka(received))
        .containsEntry("ssl.key.password", secret)
        .containsEntry("sasl.mechanism", "PLAIN");
  }

  @Test
  void onlyFilesThatComeWithTheJobsAreReadByDefault() {
    assertThat(settings.get(RealmOptions.MODEL_SOURCES)).containsExactly("classpath:");

    settings.setString("realm.model.sources", "classpath:;file:/models/");
    assertThat(settings.get(RealmOptions.MODEL_SOURCES))
        .containsExactly("classpath:", "file:/models/");
  }

  @Test
  void deadlinesMayBeAsFarAheadAsTheOneByDefault() {
    assertThat(settings.get(RealmOptions.QUERY_DEADLINE_MAX))
        .isGreaterThanOrEqualTo(settings.get(RealmOptions.QUERY_TIMEOUT));
  }

  private static List<ConfigOption<?>> options() throws IllegalAccessException {
    List<ConfigOption<?>> options = new ArrayList<>();
    for (Class<?> type : List.of(RealmOptions.class, LearningOptions.class)) {
      for (Field field : type.getFields()) {
        options.add((ConfigOption<?>) field.get(null));
      }
    }
    return options;
  }
}
