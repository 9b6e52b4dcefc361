package io.realmstream.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaExamplesTest {
  static final Map<String, JsonCodec<?>> CODECS =
      Map.ofEntries(
          Map.entry("document-edit", Codecs.DOCUMENT_EDIT),
          Map.entry("document-status", Codecs.DOCUMENT_STATUS),
          Map.entry("retriever-checkpoint", Codecs.RETRIEVER_CHECKPOINT),
          Map.entry("version-proposal", Codecs.VERSION_PROPOSAL),
          Map.entry("republication-request", Codecs.REPUBLICATION_REQUEST),
          Map.entry("query", Codecs.QUERY),
          Map.entry("answer", Codecs.ANSWER),
          Map.entry("freshness", Codecs.FRESHNESS),
          Map.entry("wikipedia-observed", Codecs.WIKIPEDIA_OBSERVED),
          Map.entry("wikipedia-gap", Codecs.WIKIPEDIA_GAP),
          Map.entry("wikipedia-outcome", Codecs.WIKIPEDIA_OUTCOME),
          Map.entry("learning-status", Codecs.LEARNING_STATUS),
          Map.entry("feedback", Codecs.FEEDBACK));

  static Stream<Arguments> examples() {
    return RecordSchema.NAMES.stream()
        .flatMap(
            name -> {
              JsonNode examples = RecordSchema.named(name).tree().path("examples");
              return StreamSupport.stream(examples.spliterator(), false)
                  .map(example -> Arguments.of(name, example));
            });
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleSurvivesDecodingAndEncoding(String name, JsonNode example) throws Exception {
    roundTrip(Objects.requireNonNull(CODECS.get(name)), example);
  }

  @Test
  void everySchemaHasExamplesAndACodec() {
    assertThat(examples().map(arguments -> arguments.get()[0]).distinct())
        .containsExactlyInAnyOrderElementsOf(CODECS.keySet())
        .containsExactlyElementsOf(RecordSchema.NAMES);
  }

  @Test
  void oneCodecServesManyThreads() {
    List<String> ids =
        IntStream.range(0, 2_000)
            .parallel()
            .mapToObj(i -> decoded("{\"id\":\"" + i + "\",\"text\":\"t\",\"k\":" + i % 1_001 + "}"))
            .toList();
    for (int i = 0; i < ids.size(); i++) {
      assertThat(ids.get(i)).isEqualTo(i % 1_001 == 0 ? "refused" : String.valueOf(i));
    }
  }

  private static String decoded(String query) {
    try {
      return Codecs.QUERY.decode(query.getBytes(StandardCharsets.UTF_8)).id();
    } catch (BadRecordException e) {
      return "refused";
    }
  }

  private static <T> void roundTrip(JsonCodec<T> codec, JsonNode example) throws Exception {
    T decoded = codec.decode(example.toString().getBytes(StandardCharsets.UTF_8));
    byte[] encoded = codec.encode(decoded);
    // decoding what was encoded is also what validates it
    T again = codec.decode(encoded);
    assertThat(again).isEqualTo(decoded);
    assertThat(codec.encode(again)).isEqualTo(encoded);
  }
}
