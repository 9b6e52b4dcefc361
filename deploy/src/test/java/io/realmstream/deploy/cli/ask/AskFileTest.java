package io.realmstream.deploy.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AskFileTest {
  @Test
  void rowAndAnswerKeepEveryDigit() {
    assertThat(
            AnsweredRow.withAnswer(
                "{\"question\":\"how far\",\"weight\":1.50 }", "{\"result\":{\"p\":1.0E-5}}"))
        .isEqualTo(
            "{\"question\":\"how far\",\"weight\":1.50,\"answer\":{\"result\":{\"p\":1.0E-5}}}");
  }

  @Test
  void questionsComeWithTheirRowsAndBadRowsWithTheirPlace(@TempDir Path directory)
      throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("q.jsonl"),
            """
             {"question":"why","answers":["so"]} \s
            {"text":"why"}
            {"question":"why","answer":"so"}
            {"question":"why"} trailing
            """);
    try (QuestionRows rows = QuestionRows.open(file)) {
      assertThat(rows.next())
          .isEqualTo(new QuestionRows.Row("why", "{\"question\":\"why\",\"answers\":[\"so\"]}"));
      assertThat(rows.next())
          .isEqualTo(new QuestionRows.Row(null, file + ":2: question: missing, or no text"));
      assertThat(rows.next())
          .isEqualTo(
              new QuestionRows.Row(null, file + ":3: answer: this field is where the answer goes"));
      assertThat(Objects.requireNonNull(rows.next()).line()).startsWith(file + ":4: no JSON");
      assertThat(rows.next()).isNull();
    }
  }
}
