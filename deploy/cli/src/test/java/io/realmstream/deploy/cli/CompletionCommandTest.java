package io.realmstream.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompletionCommandTest {
  @Test
  void theScriptKnowsCommandsAndOptionsAndIsOneOfBash() throws Exception {
    CommandRun run = CommandRun.of("completion");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("complete -F").contains("dead-letters").contains("--in-flight");
    Process bash = new ProcessBuilder("bash", "-n").start();
    try (var script = bash.outputWriter()) {
      script.write(run.out());
    }
    assertThat(bash.waitFor()).isZero();
  }
}
