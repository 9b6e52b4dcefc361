package io.realmstream.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.schemas.Topics;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What 0.1.0 promised of the topics still holds: {@code 0.1.0.txt} has a line for each topic, and
 * for each field its types and whether it is required, and for each value of an enum. A schema only
 * grows, so lines are never taken away. None is added that says "required", but for fields of what
 * is new as a whole.
 */
class SchemaPromisesTest {
  @Test
  void noPromiseOf010IsBroken() throws Exception {
    List<String> promised;
    try (InputStream file = SchemaPromisesTest.class.getResourceAsStream("0.1.0.txt")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      promised = text.lines().toList();
    }
    Set<String> now = facts();
    assertThat(now).containsAll(promised);
    assertThat(now.stream().filter(fact -> fact.endsWith(" required")))
        .as("required fields")
        .allMatch(fact -> promised.contains(fact) || isOfSomethingNew(fact, promised));
  }

  private static boolean isOfSomethingNew(String fact, List<String> promised) {
    String field = fact.substring(0, fact.indexOf(' '));
    String whole = field.substring(0, field.lastIndexOf('.') + 1);
    return promised.stream().noneMatch(line -> line.startsWith(whole));
  }

  private static Set<String> facts() throws Exception {
    Set<String> facts = new TreeSet<>();
    Topics topics = new Topics("realm");
    for (Method method : Topics.class.getDeclaredMethods()) {
      if (method.getReturnType() == String.class
          && method.getParameterCount() == 0
          && method.invoke(topics) instanceof String name
          && name.endsWith(".v1")) {
        facts.add("topic " + name);
      }
    }
    for (JsonCodec<?> codec : Codecs.all()) {
      add(codec.toString(), codec.schema().tree(), facts);
    }
    return facts;
  }

  private static void add(String path, JsonNode reference, Set<String> facts) {
    JsonNode schema = SchemaFields.resolve(reference);
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String field = path + "." + property.getKey();
      JsonNode type = SchemaFields.resolve(property.getValue());
      boolean isRequired = required.contains(property.getKey());
      facts.add(field + " " + type.path("type") + (isRequired ? " required" : " optional"));
      type.path("enum").forEach(value -> facts.add(field + " = " + value));
      add(field, property.getValue(), facts);
      if (type.has("items")) {
        add(field + "[]", type.path("items"), facts);
      }
    }
  }
}
