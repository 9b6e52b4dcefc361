package io.realmstream.deploy.door.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.json.Codecs;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RetrievedTest {
  /** An answer with passages: the example of its schema. */
  static byte[] example() throws IOException {
    for (JsonNode example : examples()) {
      if (!example.at("/result/passages").isEmpty()) {
        return Json.MAPPER.writeValueAsBytes(example);
      }
    }
    throw new IllegalStateException("no example has passages");
  }

  private static ArrayNode examples() throws IOException {
    String schema = "/io/realmstream/schemas/answer.schema.json";
    try (InputStream in = Objects.requireNonNull(Codecs.class.getResourceAsStream(schema))) {
      return (ArrayNode) Json.MAPPER.readTree(in).path("examples");
    }
  }

  @Test
  void passagesAreThoseOfTheAnswer() throws Exception {
    for (JsonNode example : examples()) {
      JsonNode retrieved = retrieved(example);
      JsonNode evidence = example.at("/result/passages");
      assertThat(retrieved.path("passages")).hasSize(evidence.size());
      for (int i = 0; i < evidence.size(); i++) {
        JsonNode passage = retrieved.path("passages").path(i);
        JsonNode expected = evidence.path(i);
        assertThat(passage).hasSize(12);
        passage
            .fieldNames()
            .forEachRemaining(
                field ->
                    assertThat(passage.path(field))
                        .isEqualTo(expected.has(field) ? expected.path(field) : NullNode.instance));
      }
      assertThat(retrieved.path("id")).isEqualTo(example.path("id"));
      assertThat(retrieved.path("status")).isEqualTo(example.at("/result/status"));
      assertThat(retrieved.path("exact")).isEqualTo(example.at("/result/exact"));
      assertThat(retrieved.path("version").asInt())
          .isEqualTo(example.at("/result/version/number").asInt());
    }
  }

  @Test
  void theNullDocumentIsNoPassage() throws Exception {
    ObjectNode answer = (ObjectNode) Json.MAPPER.readTree(example());
    ((ObjectNode) answer.at("/result/passages/0")).put("uid", "");
    JsonNode passages = retrieved(answer).path("passages");
    assertThat(passages).hasSize(1);
    assertThat(passages.path(0).path("document").asText()).isEqualTo("varn");
  }

  private static JsonNode retrieved(JsonNode answer) throws Exception {
    byte[] bytes = Json.MAPPER.writeValueAsBytes(answer);
    return Json.MAPPER.readTree(Json.line(Retrieved.of(Codecs.ANSWER.decode(bytes))));
  }
}
