package io.realmstream.deploy.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogsCommandTest {
  @Test
  void theLogIsFollowedUntilNobodyReads(@TempDir Path directory) throws IOException {
    Path log = log(directory, "realm.log", "one\n");
    RunningCommand logs = RunningCommand.of("logs", "--follow", "--dir", directory.toString());
    assertThat(logs.line()).isEqualTo("one");
    Files.writeString(log, "two\n", StandardOpenOption.APPEND);
    assertThat(logs.line()).isEqualTo("two");
    assertThat(logs.stopReading()).isEqualTo(ExitCode.OK);
  }

  @Test
  void theRunBeforeHasItsOwnLog(@TempDir Path directory) throws IOException {
    log(directory, "realm.log", "this run\n");
    log(directory, "realm.previous.log", "the run before\n");
    CommandRun run = CommandRun.of("logs", "--previous", "--dir", directory.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).isEqualTo("the run before\n");
  }

  @Test
  void aFolderWithoutALogIsNamed(@TempDir Path directory) {
    CommandRun run = CommandRun.of("logs", "--dir", directory.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).startsWith("realm: no log ").contains(directory.toString());
  }

  private static Path log(Path directory, String name, String text) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("logs"));
    return Files.writeString(folder.resolve(name), text);
  }
}
