package io.realmstream.deploy.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.json.Json;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.json.Codecs;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether {@code openapi.json} is valid OpenAPI, and true. */
@Timeout(120)
class ApiDescriptionTest {
  private static final Pattern STATUS_ROW = Pattern.compile("(?m)^\\| ((?:\\d{3}(?:, )?)+) \\|");

  private final JsonNode api = tree();

  @Test
  void aParserOfOthersReadsItWithoutAWord() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult parsed =
        new OpenAPIV3Parser()
            .readContents(new String(ApiDescription.bytes(), UTF_8), null, options);
    assertThat(parsed.getMessages()).isNullOrEmpty();
    assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
    assertThat(parsed.getOpenAPI().getPaths()).hasSize(api.path("paths").size());
  }

  @Test
  void itHasTheRoutesThatTheDoorHas() throws Exception {
    Set<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : operations(path.getValue())) {
        described.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    Set<String> there = new TreeSet<>();
    try (Door door =
        Door.open(Connection.to("localhost:1"), DoorSettings.onLoopback(0), null, null)) {
      for (String route : door.routes()) {
        if (route.contains(" /v1/")) {
          there.add(route.replace('<', '{').replace('>', '}'));
        }
      }
    }
    assertThat(described).isEqualTo(there).hasSizeGreaterThan(15);
  }

  @Test
  void itsErrorsAreThoseOfTheRoutesPage() throws Exception {
    Set<String> said = new TreeSet<>();
    Matcher rows = STATUS_ROW.matcher(Files.readString(Path.of("ROUTES.md")));
    while (rows.find()) {
      said.addAll(List.of(rows.group(1).split(", ")));
    }
    Set<String> described = new TreeSet<>();
    // for methods that a route does not have
    described.add("405");
    for (JsonNode path : api.path("paths")) {
      for (Map.Entry<String, JsonNode> operation : operations(path)) {
        operation
            .getValue()
            .path("responses")
            .fieldNames()
            .forEachRemaining(
                status -> {
                  if (status.compareTo("400") >= 0) {
                    described.add(status);
                  }
                });
      }
    }
    assertThat(described).isEqualTo(said).hasSizeGreaterThan(10);
  }

  @Test
  void everyOperationSaysWhatAdmissionRefuses() {
    for (JsonNode path : api.path("paths")) {
      for (Map.Entry<String, JsonNode> operation : operations(path)) {
        List<String> statuses = new ArrayList<>();
        operation.getValue().path("responses").fieldNames().forEachRemaining(statuses::add);
        assertThat(statuses).contains("401", "403", "431", "500");
        assertThat(statuses.contains("415")).isEqualTo(operation.getKey().equals("post"));
        boolean hasBody = operation.getValue().has("requestBody");
        assertThat(statuses.contains("413")).isEqualTo(hasBody);
        assertThat(statuses.contains("408")).isEqualTo(hasBody);
      }
    }
  }

  @Test
  void itsExamplesAreTaken() throws Exception {
    for (JsonNode example : api.findValues("example")) {
      byte[] bytes = Json.MAPPER.writeValueAsBytes(example);
      if (example.has("model")) {
        assertThat(DefaultCheckpoints.NAMES).contains(example.path("model").asText());
      } else if (api.at("/paths/~1v1~1documents").findValues("example").contains(example)) {
        Codecs.DOCUMENT_EDIT.decode(bytes);
      } else {
        Codecs.QUERY.decode(bytes);
      }
    }
    assertThat(api.findValues("example")).hasSize(4);
  }

  @Test
  void recordsOfTopicsAreDescribedAsTheirSchemasDo() throws Exception {
    assertThat(api.at("/components/schemas/Query/properties"))
        .isEqualTo(schema("query").path("properties"))
        .isNotEmpty();
    assertThat(api.at("/components/schemas/Answer/required"))
        .isEqualTo(schema("answer").path("required"));
    assertThat(api.at("/components/schemas/Answer/properties/result/properties/status/enum"))
        .isEqualTo(schema("answer").at("/properties/result/properties/status/enum"));
    List<String> models = new ArrayList<>();
    api.at("/components/schemas/CheckpointRequest/oneOf/0/properties/model/enum")
        .forEach(name -> models.add(name.asText()));
    assertThat(models).isEqualTo(DefaultCheckpoints.NAMES);
  }

  private static JsonNode schema(String file) throws IOException {
    String resource = "/io/realmstream/schemas/" + file + ".schema.json";
    try (InputStream in = Objects.requireNonNull(Codecs.class.getResourceAsStream(resource))) {
      return Json.MAPPER.readTree(in);
    }
  }

  private static List<Map.Entry<String, JsonNode>> operations(JsonNode path) {
    return path.properties().stream()
        .filter(entry -> !entry.getKey().equals("parameters"))
        .toList();
  }

  private static JsonNode tree() {
    try {
      return Json.MAPPER.readTree(ApiDescription.bytes());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
