package io.realmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;

class SchemasReadmeTest {
  private static final List<String> IMPORTS =
      List.of(
          "import static java.nio.charset.StandardCharsets.UTF_8;",
          "import io.realmstream.schemas.json.*;",
          "import io.realmstream.schemas.query.*;");

  @Test
  void theDemoRunsAsItStands() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String demo = readme.substring(readme.indexOf("```java\n") + 8);
    List<String> lines = demo.substring(0, demo.indexOf("```")).lines().toList();
    assertThat(lines).hasSize(5);
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      shell.addToClasspath(System.getProperty("java.class.path"));
      IMPORTS.forEach(line -> run(shell, line));
      lines.forEach(line -> run(shell, line));
      assertThat(run(shell, "query.kind().name()")).isEqualTo("\"OPEN_QA\"");
      assertThat(run(shell, "canonical.replace('\"', '|')"))
          .isEqualTo(
              "\"{|exact|:false,|id|:|q-1|,|k|:3,|kind|:|OPEN_QA|,"
                  + "|options|:{|decoding|:|MARGINAL|,|normalization|:|PAPER|,"
                  + "|reading|:|CERTAIN|,|runnersUp|:4},"
                  + "|text|:|How high is the lighthouse?|}\"");
      assertThat(run(shell, "reason")).isEqualTo("\"k: must have a minimum value of 1 (is 0)\"");
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
