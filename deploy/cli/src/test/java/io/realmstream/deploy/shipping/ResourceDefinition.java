package io.realmstream.deploy.shipping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What Kubernetes knows of a kind of resource that an operator adds. The API server drops fields
 * that it does not know without a word; here each is a fault.
 */
final class ResourceDefinition {
  /** Of every object, whatever its kind. */
  private static final Set<String> OF_EVERY_OBJECT = Set.of("apiVersion", "kind", "metadata");

  private final JsonNode definition;

  private ResourceDefinition(JsonNode definition) {
    this.definition = definition;
  }

  /** The one in a file on the class path. */
  static ResourceDefinition read(String resource) throws IOException {
    try (InputStream in = ResourceDefinition.class.getResourceAsStream(resource)) {
      return new ResourceDefinition(
          new YAMLMapper().readTree(Objects.requireNonNull(in, resource)));
    }
  }

  /** {@code group/version} of its objects. */
  String apiVersion() {
    JsonNode spec = definition.path("spec");
    return spec.path("group").asText() + "/" + spec.at("/versions/0/name").asText();
  }

  /** What an object has that the definition has not, one line each. */
  List<String> faults(JsonNode object) {
    List<String> faults = new ArrayList<>();
    JsonNode schema = definition.at("/spec/versions/0/schema/openAPIV3Schema");
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!OF_EVERY_OBJECT.contains(field.getKey())) {
        walk(
            schema.path("properties").path(field.getKey()),
            field.getValue(),
            field.getKey(),
            faults);
      }
    }
    return faults;
  }

  private static void walk(JsonNode schema, JsonNode value, String path, List<String> faults) {
    if (schema.isMissingNode()) {
      faults.add(path + ": unknown");
    } else if (!hasType(schema, value)) {
      faults.add("%s: %s is no %s".formatted(path, value, schema.path("type").asText()));
    } else if (!isListed(schema, value)) {
      faults.add("%s: %s is none of %s".formatted(path, value, schema.path("enum")));
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        walk(schema.path("items"), value.get(i), "%s[%d]".formatted(path, i), faults);
      }
    } else if (!schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        JsonNode known = schema.path("properties").path(field.getKey());
        JsonNode one = known.isMissingNode() ? schema.path("additionalProperties") : known;
        walk(one, field.getValue(), path + "." + field.getKey(), faults);
      }
    }
  }

  private static boolean hasType(JsonNode schema, JsonNode value) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return value.isInt() || value.isTextual();
    }
    return switch (schema.path("type").asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> true;
    };
  }

  private static boolean isListed(JsonNode schema, JsonNode value) {
    JsonNode values = schema.path("enum");
    return values.isMissingNode() || ShippedFiles.texts(values).contains(value.asText());
  }
}
