package io.realmstream.deploy.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.processes.ClusterFile;
import io.realmstream.deploy.processes.ClusterProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of processes in a folder of its own, by the commands that a person gives. */
abstract class ClusterFixture {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory = Path.of("unset");

  /** All processes that were started, so that none is left. */
  final List<ClusterProcess> started = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() throws Exception {
    remember();
    started.forEach(ClusterProcess::kill);
  }

  void load(String name, String text) throws Exception {
    Path document = Files.writeString(directory.resolve(name + ".txt"), text);
    ok(run("load", document.toString(), "--wait", "--timeout=120"));
  }

  void requireAnswer(String question, String answer) {
    Awaitility.await(question)
        .atMost(PATIENCE)
        .until(() -> run("ask", question, "--timeout=20").out().startsWith(answer));
  }

  /** Returns when it is gone. */
  static void kill(ClusterProcess process) {
    process.kill();
    Awaitility.await(process.name()).until(() -> !process.runs());
  }

  void remember() throws Exception {
    ClusterFile.read(directory).ifPresent(cluster -> started.addAll(cluster.processes()));
  }

  static CommandRun ok(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    return run;
  }

  CommandRun cluster(String... arguments) {
    List<String> all = new ArrayList<>(List.of("cluster"));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--dir=" + directory);
    return CommandRun.of(all.toArray(String[]::new));
  }
}
