package io.realmstream.deploy.shipping;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Manifests as the classes of a Kubernetes client, which refuse fields that they do not know. */
final class TypedObjects {
  private static final Map<String, Class<? extends HasMetadata>> CLASSES =
      List.<Class<? extends HasMetadata>>of(
              Namespace.class,
              ServiceAccount.class,
              Role.class,
              RoleBinding.class,
              NetworkPolicy.class,
              Job.class,
              PodMonitor.class,
              PrometheusRule.class)
          .stream()
          .collect(Collectors.toMap(TypedObjects::id, Function.identity()));

  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .setAnnotationIntrospector(new Strict())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private TypedObjects() {}

  /** The classes themselves keep what they do not know. */
  private static final class Strict extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }

    @Override
    public JsonIgnoreProperties.Value findPropertyIgnoralByName(
        MapperConfig<?> config, Annotated annotated) {
      return JsonIgnoreProperties.Value.empty();
    }
  }

  static boolean isKnown(JsonNode manifest) {
    return CLASSES.containsKey(id(manifest));
  }

  /**
   * Reads one.
   *
   * @throws JsonProcessingException that names the field which is unknown, or of another type
   */
  static HasMetadata read(JsonNode manifest) throws JsonProcessingException {
    return STRICT.treeToValue(manifest, Objects.requireNonNull(CLASSES.get(id(manifest))));
  }

  private static String id(Class<? extends HasMetadata> type) {
    return HasMetadata.getApiVersion(type) + " " + HasMetadata.getKind(type);
  }

  private static String id(JsonNode manifest) {
    return manifest.path("apiVersion").asText() + " " + manifest.path("kind").asText();
  }
}
