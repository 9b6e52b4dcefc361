package io.realmstream.deploy.bench.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.bench.BenchRun;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefreshCommandIT {
  private static final int DOCUMENTS = 30;

  @Test
  void aSmallRunGoesThroughAllCheckpointsAndCountsWhatTheyTouched() throws Exception {
    BenchRun run =
        BenchRun.of(
            "bench",
            "refresh",
            "--documents=" + DOCUMENTS,
            "--turn=0.5",
            "--cycles=1",
            "--warm-ups=0",
            "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    Map<String, Double> figures = new HashMap<>();
    Map<String, Double> ratios = new HashMap<>();
    for (String line : run.out().lines().toList()) {
      JsonNode figure = JsonMapper.builder().build().readTree(line);
      String name = figure.get("name").textValue();
      if (figure.has("ratio")) {
        ratios.put(name, figure.get("ratio").doubleValue());
      } else {
        figures.put(name, figure.get("value").doubleValue());
      }
    }
    assertThat(ratios)
        .containsKeys("e5 -> minilm: RETRIEVE, p95", "minilm -> bge: edit to answerable, p95");
    for (String step : new String[] {"e5 -> minilm", "minilm -> bge"}) {
      assertThat(figures.get(step + ", rebuild: passages embedded"))
          .isGreaterThanOrEqualTo(DOCUMENTS);
      assertThat(figures.get(step + ", rebuild: passages checked")).isPositive();
    }
    for (String how : new String[] {"embedded", "re-projected", "reused", "checked"}) {
      assertThat(figures).containsEntry("query side alone: passages " + how, 0.0);
    }
    assertThat(figures.get("questions answered")).isEqualTo(figures.get("questions sent"));
    assertThat(figures)
        .containsEntry("answers failed, partial or not exact", 0.0)
        .containsEntry("dead letters", 0.0)
        .containsKeys("answers of version 1", "answers of version 2", "answers of version 4");
  }
}
