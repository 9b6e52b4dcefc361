package io.realmstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;

class ModelReadmeTest {
  private static final List<String> PREPARATION =
      List.of(
          "import io.realmstream.model.index.*;",
          "import io.realmstream.model.index.store.*;",
          "import io.realmstream.model.index.topk.*;",
          "import io.realmstream.schemas.Hash128;",
          "BlockStore store = new MapBlockStore();",
          "Hash128 uid = new Hash128(1, 2);");

  @Test
  void theDemoRunsAsItStands() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String demo = readme.substring(readme.indexOf("```java\n") + 8);
    List<String> lines = demo.substring(0, demo.indexOf("```")).lines().toList();
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      shell.addToClasspath(System.getProperty("java.class.path"));
      PREPARATION.forEach(line -> run(shell, line));
      lines.forEach(line -> run(shell, line));
      assertThat(run(shell, "score")).isEqualTo("7.0");
    }
  }

  /** Runs one line and gives its value as the shell prints it. */
  private static String run(JShell shell, String line) {
    List<SnippetEvent> events = shell.eval(line);
    for (SnippetEvent event : events) {
      assertThat(event.exception()).as(line).isNull();
      assertThat(event.status())
          .as("%s %s", line, shell.diagnostics(event.snippet()).toList())
          .isEqualTo(Snippet.Status.VALID);
    }
    return String.valueOf(events.get(0).value());
  }
}
