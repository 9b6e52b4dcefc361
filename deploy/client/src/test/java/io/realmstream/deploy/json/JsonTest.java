package io.realmstream.deploy.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.Hash128;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {
  private record Shown(String name, Instant at, @Nullable Hash128 uid, List<Double> values) {}

  @Test
  void componentsStandInTheirOrderAndTimesAndHashesAreTexts() {
    Instant at = Instant.parse("2026-01-01T00:00:00.500Z");
    assertThat(Json.line(new Shown("é\n", at, new Hash128(0, 5), List.of(1.0, 2e-7))))
        .isEqualTo(
            """
            {"name":"é\\n","at":"2026-01-01T00:00:00.500Z",\
            "uid":"00000000000000000000000000000005","values":[1.0,2.0E-7]}\
            """);
    assertThat(Json.line(new Shown("", at, null, List.of()))).contains(",\"uid\":null,");
  }
}
