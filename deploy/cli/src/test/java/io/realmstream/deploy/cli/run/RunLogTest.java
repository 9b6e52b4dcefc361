package io.realmstream.deploy.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
  private final StringWriter out = new StringWriter();

  @Test
  void whatIsAppendedFollows(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("realm.log"), "one\ntw");
    try (RunLog log = new RunLog(file)) {
      copy(log);
      assertThat(out).hasToString("one\ntw");
      Files.writeString(file, "o\n", StandardOpenOption.APPEND);
      copy(log);
      copy(log);
      assertThat(out).hasToString("one\ntwo\n");
    }
  }

  @Test
  void aNewRunsFileIsReadFromItsBeginning(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("realm.log"), "first run\n");
    try (RunLog log = new RunLog(file)) {
      copy(log);
      Files.writeString(file, "its end\n", StandardOpenOption.APPEND);
      Files.move(file, directory.resolve("realm.previous.log"));
      copy(log);
      Files.writeString(file, "second run\n");
      copy(log);
      assertThat(out).hasToString("first run\nits end\nsecond run\n");
    }
  }

  private void copy(RunLog log) throws IOException {
    log.copyNew(new PrintWriter(out));
  }
}
