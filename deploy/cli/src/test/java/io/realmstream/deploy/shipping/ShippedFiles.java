package io.realmstream.deploy.shipping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.realmstream.deploy.monitoring.MonitoringFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files below {@code deploy} that are not run here. */
final class ShippedFiles {
  private ShippedFiles() {}

  /** A file or folder below {@code deploy}. */
  static Path deploy(String path) {
    return MonitoringFiles.root().resolve("deploy").resolve(path);
  }

  static String text(String path) throws IOException {
    return Files.readString(deploy(path));
  }

  /** The documents of a YAML file. */
  static List<JsonNode> documents(Path file) throws IOException {
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(file.toFile())) {
      return documents.readAll();
    }
  }

  static JsonNode document(String path) throws IOException {
    return documents(deploy(path)).get(0);
  }

  /** All objects below {@code deploy/kubernetes}. */
  static List<ObjectNode> manifests() throws IOException {
    List<ObjectNode> objects = new ArrayList<>();
    try (Stream<Path> files = Files.list(deploy("kubernetes"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        documents(file).forEach(document -> objects.add((ObjectNode) document));
      }
    }
    return objects;
  }

  static List<ObjectNode> manifests(String kind) throws IOException {
    return manifests().stream().filter(m -> m.path("kind").asText().equals(kind)).toList();
  }

  /** An array of texts. */
  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /** An object of texts. */
  static Map<String, String> fields(JsonNode object) {
    Map<String, String> fields = new LinkedHashMap<>();
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
    return fields;
  }
}
