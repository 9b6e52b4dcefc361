package io.realmstream.deploy.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.cli.RealmVersion;
import io.realmstream.deploy.door.DoorSettings;
import io.realmstream.deploy.monitoring.MonitoringFiles;
import io.realmstream.jobs.RealmOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;

/** The cluster of containers: what its services name exists. */
class ComposeTest {
  private static final Set<String> OWN =
      Set.of("topics", "jobmanager", "taskmanager", "submit", "console");

  private static final Set<String> CONDITIONS =
      Set.of("service_healthy", "service_completed_successfully");

  private static final Pattern ADDRESS = Pattern.compile("\\b([a-z]+):(\\d{4,5})\\b");

  private final JsonNode file;
  private final JsonNode services;

  ComposeTest() throws Exception {
    file = ShippedFiles.document("compose/compose.yaml");
    services = file.path("services");
  }

  @Test
  void imagesHaveTheVersionsOfTheBuild() throws Exception {
    for (String service : OWN) {
      String kind = service.endsWith("manager") ? "jobs" : "command";
      assertThat(services.path(service).path("image").asText())
          .isEqualTo("realmstream/%s:%s".formatted(kind, RealmVersion.number()));
    }
    assertThat(services.at("/kafka/image").asText())
        .isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
  }

  @Test
  void everyServiceVolumeFileAndSecretThatIsNamedIsThere() {
    for (JsonNode service : services) {
      for (JsonNode name : service.path("secrets")) {
        assertThat(file.path("secrets").path(name.asText()).has("file")).as("%s", name).isTrue();
      }
      for (String volume : ShippedFiles.texts(service.path("volumes"))) {
        String source = volume.replaceAll(":.*", "");
        if (source.startsWith(".")) {
          assertThat(ShippedFiles.deploy("compose").resolve(source).normalize()).exists();
        } else if (!source.startsWith("/")) {
          assertThat(file.path("volumes").has(source)).as(volume).isTrue();
        }
      }
      JsonNode before = service.path("depends_on");
      for (String name : before.isArray() ? ShippedFiles.texts(before) : names(before)) {
        assertThat(services.has(name)).as(name).isTrue();
      }
      for (String condition : before.findValuesAsText("condition")) {
        assertThat(condition).isIn(CONDITIONS);
      }
    }
  }

  /** A condition that never comes true would stop the start without a word. */
  @Test
  void whatIsWaitedForTellsItsHealth() {
    for (JsonNode service : services) {
      for (Map.Entry<String, JsonNode> before : service.path("depends_on").properties()) {
        if (before.getValue().path("condition").asText().equals("service_healthy")) {
          assertThat(services.path(before.getKey()).has("healthcheck")).isTrue();
        }
      }
    }
  }

  @Test
  void commandsAreOnesThatThereAre() {
    for (String service : List.of("topics", "submit", "console")) {
      List<String> arguments = ShippedFiles.texts(services.path(service).path("command"));
      assertThatCode(() -> Realm.commandLine().parseArgs(arguments.toArray(String[]::new)))
          .as("%s", arguments)
          .doesNotThrowAnyException();
    }
    assertThat(ShippedFiles.texts(services.at("/submit/command")))
        .contains(RealmOptions.MODEL_DIRECTORY.key() + "=/opt/realm/models");
  }

  @Test
  void secretsAreWhereTheConsoleLooks() {
    List<String> arguments = ShippedFiles.texts(services.at("/console/command"));
    assertThat(arguments.get(arguments.indexOf("--token-file") + 1))
        .isEqualTo("/run/secrets/" + services.at("/console/secrets/0").asText());
  }

  /** Kafka's image turns KAFKA_A_B into the setting a.b. */
  @Test
  void kafkaTakesItsSettings() {
    Properties settings = new Properties();
    ShippedFiles.fields(services.at("/kafka/environment"))
        .forEach((name, value) -> settings.setProperty(kafkaSetting(name), value));
    assertThat(AbstractKafkaConfig.CONFIG_DEF.names()).containsAll(settings.stringPropertyNames());
    assertThatCode(() -> new KafkaConfig(settings, false)).doesNotThrowAnyException();
    assertThat(ShippedFiles.texts(services.at("/kafka/volumes")))
        .containsExactly("kafka:" + settings.getProperty("log.dirs"));
  }

  @Test
  void addressesLeadToServicesThatListenThere() throws Exception {
    List<String> texts = new ArrayList<>();
    for (String service : List.of("topics", "submit", "console")) {
      texts.addAll(ShippedFiles.texts(services.path(service).path("command")));
    }
    texts.add(services.at("/kafka/environment/KAFKA_ADVERTISED_LISTENERS").asText());
    texts.add(ShippedFiles.text("compose/grafana/datasource.yaml"));
    Matcher addresses = ADDRESS.matcher(String.join(" ", texts));
    assertThat(addresses.results().filter(a -> !a.group(1).equals("localhost")))
        .hasSize(7)
        .allSatisfy(a -> assertThat(ports(a.group(1))).contains(a.group(2)));
  }

  @Test
  void onlyThisMachineReachesThePortsThatAreOpened() throws Exception {
    for (String name : names(services)) {
      for (String port : ShippedFiles.texts(services.path(name).path("ports"))) {
        String[] parts = port.split(":", -1);
        assertThat(parts[0]).isEqualTo("127.0.0.1");
        assertThat(ports(name)).contains(parts[2]);
      }
    }
  }

  @Test
  void ownContainersWriteNothingIntoTheirImage() {
    for (String service : OWN) {
      assertThat(services.path(service).path("read_only").asBoolean()).as(service).isTrue();
      // without exec, the native libraries that are unpacked there cannot be loaded
      assertThat(services.path(service).at("/tmpfs/0").asText()).startsWith("/tmp:exec,");
    }
  }

  @Test
  void grafanaFindsPrometheusAndTheDashboard() throws Exception {
    List<String> mounts = ShippedFiles.texts(services.at("/grafana/volumes"));
    String folder =
        ShippedFiles.document("compose/grafana/dashboards.yaml")
            .at("/providers/0/options/path")
            .asText();
    assertThat(mounts).anyMatch(m -> m.startsWith("../monitoring/dashboard.json:" + folder + "/"));
    JsonNode source = ShippedFiles.document("compose/grafana/datasource.yaml").at("/datasources/0");
    assertThat(source.path("type"))
        .isEqualTo(MonitoringFiles.dashboard().at("/templating/list/0/query"));
    assertThat(source.path("isDefault").asBoolean()).isTrue();
  }

  /** Ports on which a service listens, inside its network. */
  private List<String> ports(String service) throws Exception {
    return switch (service) {
      case "kafka" ->
          Stream.of(services.at("/kafka/environment/KAFKA_LISTENERS").asText().split(",", -1))
              .map(listener -> listener.replaceAll(".*:", ""))
              .toList();
      case "jobmanager" ->
          List.of(ComposeClusterTest.configuration().get(RestOptions.PORT).toString());
      case "console" -> List.of("" + DoorSettings.PORT);
      case "prometheus" -> List.of("9090");
      case "grafana" -> List.of("3000");
      default -> List.of();
    };
  }

  private static String kafkaSetting(String variable) {
    return variable.replace("KAFKA_", "").replace('_', '.').toLowerCase(Locale.ROOT);
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }
}
