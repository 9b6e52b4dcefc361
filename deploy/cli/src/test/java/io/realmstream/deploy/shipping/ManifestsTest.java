package io.realmstream.deploy.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.monitoring.MonitoringFiles;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The objects beside the jobs. */
class ManifestsTest {
  private static final String REALM = "app.kubernetes.io/part-of";

  @Test
  void everyFieldIsOneThatKubernetesKnows() throws Exception {
    for (ObjectNode manifest : ShippedFiles.manifests()) {
      if (!manifest.path("kind").asText().equals("FlinkDeployment")) {
        assertThat(TypedObjects.isKnown(manifest)).as("%s", manifest.path("kind")).isTrue();
        assertThatCode(() -> TypedObjects.read(manifest)).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void aFieldThatKubernetesDoesNotKnowWouldBeNoticed() throws Exception {
    ObjectNode policy = ShippedFiles.manifests("NetworkPolicy").get(0);
    policy.withObject("/spec/podSelector").put("matchLables", "a");
    assertThatThrownBy(() -> TypedObjects.read(policy)).hasMessageContaining("matchLables");
  }

  @Test
  void everyObjectIsInTheNamespaceThatIsCreated() throws Exception {
    String namespace = ShippedFiles.manifests("Namespace").get(0).at("/metadata/name").asText();
    for (JsonNode manifest : ShippedFiles.manifests()) {
      if (!manifest.path("kind").asText().equals("Namespace")) {
        assertThat(manifest.at("/metadata/namespace").asText()).isEqualTo(namespace);
      }
    }
  }

  @Test
  void jobsHaveTheRightsOfTheirServiceAccount() throws Exception {
    String account = ShippedFiles.manifests("ServiceAccount").get(0).at("/metadata/name").asText();
    JsonNode binding = ShippedFiles.manifests("RoleBinding").get(0);
    assertThat(binding.at("/subjects/0/name").asText()).isEqualTo(account);
    assertThat(binding.at("/subjects/0/namespace")).isEqualTo(binding.at("/metadata/namespace"));
    assertThat(binding.at("/roleRef/name"))
        .isEqualTo(ShippedFiles.manifests("Role").get(0).at("/metadata/name"));
    for (JsonNode deployment : ShippedFiles.manifests("FlinkDeployment")) {
      assertThat(deployment.at("/spec/serviceAccount").asText()).isEqualTo(account);
    }
  }

  @Test
  void podsAreTheOnesThatPrometheusReadsAndThePolicyGuards() throws Exception {
    JsonNode monitor = ShippedFiles.manifests("PodMonitor").get(0).path("spec");
    JsonNode policy = ShippedFiles.manifests("NetworkPolicy").get(0).path("spec");
    String label = monitor.path("selector").path("matchLabels").path(REALM).asText();
    assertThat(policy.at("/podSelector/matchLabels").path(REALM).asText()).isEqualTo(label);
    assertThat(policy.at("/ingress/0/from/0/podSelector/matchLabels").path(REALM).asText())
        .isEqualTo(label);
    String port = monitor.at("/podMetricsEndpoints/0/port").asText();
    for (JsonNode deployment : ShippedFiles.manifests("FlinkDeployment")) {
      String metrics =
          deployment
              .at("/spec/flinkConfiguration")
              .path("metrics.reporter.prometheus.port")
              .asText();
      assertThat(policy.at("/ingress/2/ports/0/port").asText()).isEqualTo(metrics);
      for (String part : List.of("jobManager", "taskManager")) {
        JsonNode template = deployment.path("spec").path(part).path("podTemplate");
        assertThat(template.at("/metadata/labels").path(REALM).asText()).isEqualTo(label);
        JsonNode ports = template.at("/spec/containers/0/ports/0");
        assertThat(ports.path("name").asText()).isEqualTo(port);
        assertThat(ports.path("containerPort").asText()).isEqualTo(metrics);
      }
    }
  }

  @Test
  void rulesAreThoseOfTheAlerts() throws Exception {
    String alerts = MonitoringFiles.text("monitoring", "alerts.yaml");
    String expected =
        alerts
            .substring(alerts.indexOf("groups:\n"))
            .lines()
            .map(line -> "  " + line + "\n")
            .collect(Collectors.joining());
    assertThat(ShippedFiles.text("kubernetes/alerts.yaml")).endsWith("\nspec:\n" + expected);
  }

  @Test
  void commandsAreOnesThatThereAre() throws Exception {
    JsonNode pod = ShippedFiles.manifests("Job").get(0).at("/spec/template/spec");
    for (String containers : List.of("initContainers", "containers")) {
      List<String> arguments = ShippedFiles.texts(pod.path(containers).path(0).path("args"));
      assertThatCode(() -> Realm.commandLine().parseArgs(arguments.toArray(String[]::new)))
          .as("%s", arguments)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void noContainerIsRootOrWritesToItsImage() throws Exception {
    JsonNode pod = ShippedFiles.manifests("Job").get(0).at("/spec/template/spec");
    requireConfined(pod, pod.at("/initContainers/0"));
    requireConfined(pod, pod.at("/containers/0"));
    for (JsonNode deployment : ShippedFiles.manifests("FlinkDeployment")) {
      for (String part : List.of("jobManager", "taskManager")) {
        JsonNode spec = deployment.path("spec").path(part).at("/podTemplate/spec");
        requireConfined(spec, spec.at("/containers/0"));
      }
    }
  }

  private static void requireConfined(JsonNode pod, JsonNode container) {
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
    JsonNode own = container.path("securityContext");
    assertThat(own.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(own.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    List<String> volumes = pod.path("volumes").findValuesAsText("name");
    assertThat(volumes).containsAll(container.path("volumeMounts").findValuesAsText("name"));
    assertThat(container.path("volumeMounts").findValuesAsText("mountPath")).contains("/tmp");
  }
}
