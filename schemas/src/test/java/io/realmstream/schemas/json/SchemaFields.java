package io.realmstream.schemas.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the tests see a schema file's fields and a record's components. */
final class SchemaFields {
  private SchemaFields() {}

  /**
   * The schema that holds {@code properties} and {@code required}, behind a reference if need be.
   */
  static JsonNode resolve(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    if (reference.isEmpty()) {
      return schema;
    }
    String definition = reference.substring(reference.lastIndexOf('/') + 1);
    return Codecs.all().stream()
        .map(codec -> codec.schema().tree().path("$defs").path(definition))
        .filter(found -> !found.isMissingNode())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("dangling reference " + reference));
  }

  /** The components of a record, and of the groups in it, in order. */
  static List<RecordComponent> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(
            component ->
                component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                    ? components(component.getType()).stream()
                    : Stream.of(component))
        .toList();
  }

  static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** The record type in a component that is a list. */
  static Class<?> elementType(RecordComponent component) {
    return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
  }
}
