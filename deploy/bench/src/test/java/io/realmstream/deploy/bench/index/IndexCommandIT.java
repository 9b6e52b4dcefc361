package io.realmstream.deploy.bench.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.deploy.bench.BenchRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexCommandIT {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  @Test
  void aSmallIndexIsMeasuredAndItsVectorsAreLeftForOthers() throws Exception {
    Path out = directory.resolve("out");
    List<String> lines =
        run(
            "bench",
            "index",
            "--json",
            "--count",
            "600",
            "--dimension",
            "16",
            "--rounds",
            "1",
            "--queries",
            "8",
            "--recall-queries",
            "20",
            "--rescale",
            "--out",
            out.toString(),
            "--picture",
            directory.resolve("cost.svg").toString());

    assertThat(lines).anyMatch(line -> line.contains("\"exact, recall@10\",\"value\":1.0"));
    assertThat(lines).anyMatch(line -> line.contains("\"cells, cached\""));
    assertThat(lines).anyMatch(line -> line.contains("\"exact, restored, subtasks: 4\""));
    assertThat(Files.size(out.resolve("passages.f32"))).isEqualTo(600 * 16 * 4);
    assertThat(Files.size(out.resolve("queries.f32"))).isEqualTo((2 * 8 + 20) * 16 * 4);
    assertThat(Files.readString(out.resolve("shape.json"))).contains("\"dimension\":16");
    assertThat(Files.readString(out.resolve("figures.json"))).contains("\"rounds\":[");
    assertThat(Files.readString(directory.resolve("cost.svg"))).contains("<svg");
  }

  @Test
  void aRunbookLeadsThroughCrashesAndPartitionsAndRecallIsThatOfAFreshBuild() throws Exception {
    Path runbook = directory.resolve("runbook.yaml");
    Files.writeString(
        runbook,
        """
        {passages: 900, dimension: 16, seed: 1, k: 5, queries: 20, steps: [
          {operation: insert, start: 0, end: 600}, {operation: snapshot},
          {operation: delete, start: 500, end: 700}, {operation: crash}, {operation: search},
          {operation: partition}, {operation: replace, start: 0, end: 900, rounds: 3},
          {operation: crash}, {operation: search, fresh: true}]}
        """);
    List<String> lines = run("bench", "churn", "--json", runbook.toString());

    assertThat(lines)
        .hasSize(9)
        .startsWith(
            """
            {"step":{"operation":"INSERT","start":0,"end":600,"rounds":0,"fresh":false},\
            "live":600,"cells":16,"recall":null,"freshRecall":null,"number":1}\
            """);
    assertThat(lines.get(4)).contains("\"live\":500,\"cells\":16,\"recall\":1.0");
    JsonNode last = new ObjectMapper().readTree(lines.get(8));
    assertThat(last.get("live").intValue()).isEqualTo(900);
    assertThat(last.get("cells").intValue()).isEqualTo(22);
    assertThat(last.get("recall").doubleValue())
        .isGreaterThan(0.8)
        .isEqualTo(last.get("freshRecall").doubleValue());
  }

  private static List<String> run(String... arguments) {
    BenchRun run = BenchRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out().lines().toList();
  }
}
