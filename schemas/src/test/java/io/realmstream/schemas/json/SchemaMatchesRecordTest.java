package io.realmstream.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaMatchesRecordTest {
  private static final Map<Class<?>, String> JSON_TYPES =
      Map.ofEntries(
          Map.entry(String.class, "string"),
          Map.entry(Instant.class, "string"),
          Map.entry(int.class, "integer"),
          Map.entry(Integer.class, "integer"),
          Map.entry(long.class, "integer"),
          Map.entry(Long.class, "integer"),
          Map.entry(double.class, "number"),
          Map.entry(Double.class, "number"),
          Map.entry(boolean.class, "boolean"),
          Map.entry(Boolean.class, "boolean"),
          Map.entry(List.class, "array"));

  static List<JsonCodec<?>> codecs() {
    return Codecs.all();
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void fieldsTypesAndOptionalityCorrespond(JsonCodec<?> codec) {
    JsonNode schema = codec.schema().tree();
    assertThat(schema.path("title").asText()).isEqualTo(codec.type().getSimpleName());
    compare(codec.type(), schema);
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void everyFieldHasADescription(JsonCodec<?> codec) {
    List<String> silent = new ArrayList<>();
    JsonNode schema = codec.schema().tree();
    assertThat(schema.path("description").asText()).isNotBlank();
    collectSilent(schema, codec.schema().name(), silent);
    assertThat(silent).isEmpty();
  }

  @Test
  void absentFieldsOfAnEditHaveTheirDefaults() throws BadRecordException {
    DocumentEdit edit = Codecs.DOCUMENT_EDIT.decode(utf8("{\"id\":\"d\"}"));
    assertThat(edit)
        .isEqualTo(
            new DocumentEdit("d", null, EditKind.UPSERT, "", "", true, null, Provenance.NONE));
  }

  @Test
  void absentFieldsOfAQueryHaveTheirDefaults() throws BadRecordException {
    Query query = Codecs.QUERY.decode(utf8("{\"id\":\"q\",\"text\":\"t\"}"));
    assertThat(query)
        .isEqualTo(
            new Query("q", "t", QueryKind.OPEN_QA, QueryScope.DEFAULT, null, QueryOptions.DEFAULT));
  }

  @Test
  void optionsGivenInPartAreCompleted() throws BadRecordException {
    QueryOptions options =
        Codecs.QUERY
            .decode(utf8("{\"id\":\"q\",\"text\":\"t\",\"options\":{\"nullDocument\":true}}"))
            .options();
    assertThat(options)
        .isEqualTo(
            new QueryOptions(
                QueryOptions.DEFAULT.normalization(),
                QueryOptions.DEFAULT.decoding(),
                new Competition(true, null, null),
                QueryOptions.DEFAULT.runnersUp(),
                QueryOptions.DEFAULT.reading(),
                null,
                AnswerThresholds.NONE,
                null));
  }

  private static void compare(Class<?> type, JsonNode reference) {
    JsonNode schema = SchemaFields.resolve(reference);
    List<String> components =
        SchemaFields.components(type).stream().map(RecordComponent::getName).toList();
    assertThat(schema.path("properties").propertyStream().map(Map.Entry::getKey))
        .as("fields of %s", type)
        .containsExactlyElementsOf(components);
    for (RecordComponent component : SchemaFields.components(type)) {
      String name = component.getName();
      JsonNode field = schema.path("properties").path(name);
      boolean optional = SchemaFields.isNullable(component) || field.has("default");
      assertThat(contains(schema.path("required"), name))
          .as("%s.%s is required", type, name)
          .isEqualTo(!optional);
      assertThat(contains(field.path("type"), "null"))
          .as("%s.%s takes null", type, name)
          .isEqualTo(SchemaFields.isNullable(component));
      compareType(component, field);
    }
  }

  private static void compareType(RecordComponent component, JsonNode field) {
    Class<?> type = component.getType();
    String jsonType = JSON_TYPES.getOrDefault(type, type.isEnum() ? "string" : "object");
    assertThat(
            contains(field.path("type"), jsonType) || field.path("type").asText().equals(jsonType))
        .as("%s is a JSON %s", component, jsonType)
        .isTrue();
    assertThat(field.path("format").asText().equals("date-time"))
        .as("%s is a time", component)
        .isEqualTo(type == Instant.class);
    if (jsonType.equals("integer")) {
      boolean isInt = type == int.class || type == Integer.class;
      assertThat(field.path("maximum").bigIntegerValue().bitLength())
          .as("%s has a maximum that fits", component)
          .isBetween(1, isInt ? 31 : 63);
      assertThat(field.has("minimum")).as("%s has a minimum", component).isTrue();
    } else if (type.isEnum()) {
      List<String> names = new ArrayList<>();
      field.path("enum").forEach(value -> names.add(value.asText()));
      names.remove("null");
      assertThat(names)
          .as("values of %s", component)
          .containsExactlyElementsOf(
              Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
    } else if (type.isRecord()) {
      compare(type, field);
    } else if (type == List.class) {
      compareElements(SchemaFields.elementType(component), field.path("items"));
    }
  }

  private static void compareElements(Class<?> type, JsonNode items) {
    if (type.isRecord()) {
      compare(type, items);
    } else {
      assertThat(items.path("type").asText()).isEqualTo(JSON_TYPES.get(type));
    }
  }

  private static void collectSilent(JsonNode schema, String path, List<String> silent) {
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              String place = path + "." + property.getKey();
              if (property.getValue().path("description").asText().isBlank()) {
                silent.add(place);
              }
              collectSilent(property.getValue(), place, silent);
            });
    schema
        .path("$defs")
        .properties()
        .forEach(definition -> collectSilent(definition.getValue(), definition.getKey(), silent));
  }

  private static boolean contains(JsonNode array, String text) {
    for (JsonNode value : array) {
      if (value.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] utf8(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
