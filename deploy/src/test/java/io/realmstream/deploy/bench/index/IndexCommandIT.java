package io.realmstream.deploy.bench.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.deploy.cli.Realm;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexCommandIT {
  /** Where the build leaves Flink's harness, which is on no other class path. */
  private static final Path HARNESS = Path.of("target", "bench").toAbsolutePath();

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
    assertThat(Files.readString(directory.resolve("cost.svg"))).contains(">cells, cached<");
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

    assertThat(lines).hasSize(9);
    assertThat(lines.get(4)).contains("\"live\":500,\"cells\":16,\"recall\":1.0");
    JsonNode last = new ObjectMapper().readTree(lines.get(8));
    assertThat(last.get("live").intValue()).isEqualTo(900);
    assertThat(last.get("cells").intValue()).isEqualTo(22);
    assertThat(last.get("recall").doubleValue())
        .isGreaterThan(0.8)
        .isEqualTo(last.get("freshRecall").doubleValue());
  }

  private List<String> run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    command.addAll(List.of("-Xmx1g", "-cp", classPath + ":" + HARNESS + "/*"));
    command.add(Realm.class.getName());
    command.addAll(List.of(arguments));
    Path stdout = directory.resolve("stdout");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(stdout.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor()).isZero();
    return Files.readAllLines(stdout);
  }
}
