package io.realmstream.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaExamplesTest {
  static Stream<Arguments> examples() {
    return Codecs.all().stream()
        .flatMap(
            codec ->
                codec
                    .schema()
                    .tree()
                    .path("examples")
                    .valueStream()
                    .map(example -> Arguments.of(codec, example)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleSurvivesDecodingAndEncoding(JsonCodec<?> codec, JsonNode example) throws Exception {
    roundTrip(codec, example);
  }

  @Test
  void everySchemaFileHasExamplesAndACodec() throws Exception {
    Path folder =
        Path.of(Objects.requireNonNull(Codecs.class.getResource("../query.schema.json")).toURI())
            .resolveSibling("");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(file -> file.endsWith(".schema.json"))
          .containsExactlyInAnyOrderElementsOf(
              examples().map(each -> each.get()[0] + ".schema.json").distinct().toList());
    }
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
