package io.realmstream.schemas.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.schemas.Utf8;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/**
 * Random records within the limits of their schema: types from the record, limits from the file.
 */
final class RecordArbitraries {
  /** How often a field that may be null is null. */
  private final double nulls;

  RecordArbitraries(double nulls) {
    this.nulls = nulls;
  }

  <T> Arbitrary<T> of(JsonCodec<T> codec) {
    return records(codec.type(), codec.schema().tree());
  }

  private <T> Arbitrary<T> records(Class<T> type, JsonNode schema) {
    List<Arbitrary<@Nullable Object>> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        fields.add(records(component.getType(), schema).map(group -> group));
        continue;
      }
      JsonNode field = SchemaFields.resolve(schema).path("properties").path(component.getName());
      Arbitrary<@Nullable Object> values =
          values(component.getType(), component, field).map(value -> value);
      fields.add(SchemaFields.isNullable(component) ? values.injectNull(nulls) : values);
    }
    return Combinators.combine(fields).as(values -> build(type, values));
  }

  private Arbitrary<? extends Object> values(
      Class<?> type, RecordComponent component, JsonNode schema) {
    if (type == String.class) {
      return texts(schema);
    } else if (type == int.class || type == Integer.class) {
      return Arbitraries.integers()
          .between(schema.path("minimum").intValue(), schema.path("maximum").intValue());
    } else if (type == long.class || type == Long.class) {
      return Arbitraries.longs()
          .between(schema.path("minimum").longValue(), schema.path("maximum").longValue());
    } else if (type == double.class || type == Double.class) {
      return doubles(schema);
    } else if (type == boolean.class || type == Boolean.class) {
      return Arbitraries.of(true, false);
    } else if (type == Instant.class) {
      return instants();
    } else if (type.isEnum()) {
      return Arbitraries.of(Arrays.asList(type.getEnumConstants()));
    } else if (type == List.class) {
      Class<?> element = SchemaFields.elementType(component);
      JsonNode items = schema.path("items");
      Arbitrary<? extends Object> elements =
          element == String.class ? texts(items) : records(element, items);
      return elements.list().ofMinSize(schema.path("minItems").intValue()).ofMaxSize(3);
    } else if (type == Map.class) {
      return Arbitraries.maps(
              Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8),
              doubles(schema.path("additionalProperties")))
          .ofMaxSize(4);
    }
    return records(type, schema);
  }

  private static Arbitrary<String> texts(JsonNode schema) {
    if (schema.has("const")) {
      return Arbitraries.just(schema.path("const").asText());
    }
    Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(60).filter(Utf8::canEncode);
    if (schema.path("x-message").has("pattern")) { // of a question
      return any.map(text -> text + "x");
    }
    return switch (schema.path("pattern").asText()) {
      case "^[0-9a-f]{64}$" -> hexadecimal(64);
      case "^[0-9a-f]{32}$", "^(flat-[1-9][0-9]{0,8}|[0-9a-f]{32})$" -> hexadecimal(32);
      case "^([0-9a-f]{32})?$" -> Arbitraries.oneOf(hexadecimal(32), Arbitraries.just(""));
      case "^[A-Za-z][A-Za-z0-9+.-]*:\\S+$" -> hexadecimal(9).map(name -> "file:/" + name);
      case "" -> schema.path("minLength").intValue() == 1 ? any.map(text -> text + "x") : any;
      default -> throw new IllegalStateException("no texts for " + schema.path("pattern"));
    };
  }

  private static Arbitrary<String> hexadecimal(int digits) {
    return Arbitraries.strings().withChars("0123456789abcdef").ofLength(digits);
  }

  private static Arbitrary<Double> doubles(JsonNode schema) {
    double least = schema.has("minimum") ? schema.path("minimum").doubleValue() : -1e300;
    double most = schema.has("maximum") ? schema.path("maximum").doubleValue() : 1e300;
    return Arbitraries.doubles()
        .between(least, most)
        .ofScale(12)
        .edgeCases(edges -> edges.add(Math.max(least, Math.min(most, 1e-17))))
        .filter(value -> !schema.has("exclusiveMinimum") || value > 0);
  }

  private static Arbitrary<Instant> instants() {
    long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    return Combinators.combine(
            Arbitraries.longs().between(first, last),
            Arbitraries.integers().between(0, 999_999_999))
        .as(Instant::ofEpochSecond);
  }

  private static <T> T build(Class<T> type, List<@Nullable Object> values) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " from " + values, e);
    }
  }
}
