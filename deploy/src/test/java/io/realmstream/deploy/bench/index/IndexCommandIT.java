package io.realmstream.deploy.bench.index;

import static org.assertj.core.api.Assertions.assertThat;

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
            "--rescale",
            "--out",
            out.toString());

    assertThat(lines).anyMatch(line -> line.contains("\"exact, recall@10\",\"value\":1.0"));
    assertThat(lines).anyMatch(line -> line.contains("\"cells, cached\""));
    assertThat(lines).anyMatch(line -> line.contains("\"exact, restored, subtasks: 4\""));
    assertThat(Files.size(out.resolve("passages.f32"))).isEqualTo(600 * 16 * 4);
    assertThat(Files.size(out.resolve("queries.f32"))).isEqualTo(2 * 8 * 16 * 4);
    assertThat(Files.readString(out.resolve("shape.json"))).contains("\"dimension\":16");
    assertThat(Files.readString(out.resolve("figures.json"))).contains("\"rounds\":[");
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
