package io.realmstream.deploy.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldQuestionTest {
  @TempDir private Path directory = Path.of("unset");

  @Test
  void aRowTellsItsAnswersOrItsPassageOrBoth() throws IOException {
    Path file =
        file(
            "{\"question\":\"a\",\"answers\":[\"x\",\"y\"],\"passage\":\"p\",\"more\":1}",
            "",
            "{\"id\":\"q-2\",\"question\":\"b\",\"passage\":\"p\"}",
            "{\"question\":\"c\",\"answers\":[\"z\"],\"passage\":null}");
    assertThat(GoldQuestion.read(file))
        .containsExactly(
            new GoldQuestion("1", "a", List.of("x", "y"), "p"),
            new GoldQuestion("q-2", "b", List.of(), "p"),
            new GoldQuestion("3", "c", List.of("z"), null));
  }

  @Test
  void aBadRowEndsTheEvaluationBeforeItBegins() throws IOException {
    assertRefused("neither answers nor passage", "{\"question\":\"a\"}");
    assertRefused(":2: question: missing", "{\"question\":\"a\",\"passage\":\"p\"}", "{}");
    assertRefused("answers: no text: 7", "{\"question\":\"a\",\"answers\":[7]}");
    assertRefused("no question in ", "");
  }

  private void assertRefused(String reason, String... lines) throws IOException {
    Path file = file(lines);
    assertThatThrownBy(() -> GoldQuestion.read(file)).hasMessageContaining(reason);
  }

  private Path file(String... lines) throws IOException {
    return Files.write(directory.resolve("q.jsonl"), List.of(lines));
  }
}
