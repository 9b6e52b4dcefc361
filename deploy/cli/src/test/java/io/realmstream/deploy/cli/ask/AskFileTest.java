package io.realmstream.deploy.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
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

  @Test
  void everyObjectOfALineIsAskedAndTextThatIsNoUnicodeIsNot(@TempDir Path directory)
      throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("q.jsonl"),
            "{\"question\":\"a\"}{\"question\":\"b\"}\r"
                + "{\"question\":\"\\udc00\"}\n"
                + "{\"question\":\"c\"}");
    try (QuestionRows rows = QuestionRows.open(file)) {
      assertThat(rows.next()).isEqualTo(new QuestionRows.Row("a", "{\"question\":\"a\"}"));
      assertThat(rows.next()).isEqualTo(new QuestionRows.Row("b", "{\"question\":\"b\"}"));
      assertThat(rows.next())
          .isEqualTo(
              new QuestionRows.Row(
                  null, file + ":2: question: must not hold half a surrogate pair"));
      assertThat(Objects.requireNonNull(rows.next()).question()).isEqualTo("c");
      assertThat(rows.next()).isNull();
    }
  }

  @Test
  void aDamagedFileOfQuestionsSaysWhere(@TempDir Path directory) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("{\"question\":\"a\"}\n".getBytes(StandardCharsets.UTF_8));
    }
    Path file =
        Files.write(
            directory.resolve("q.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() - 4));
    try (QuestionRows rows = QuestionRows.open(file)) {
      assertThat(Objects.requireNonNull(rows.next()).question()).isEqualTo("a");
      assertThat(Objects.requireNonNull(rows.next()).line()).startsWith(file + ":2: damaged");
      assertThat(rows.next()).isNull();
    }
    Path plain = Files.writeString(directory.resolve("p.gz"), "{\"question\":\"a\"}\n");
    assertThatThrownBy(() -> QuestionRows.open(plain))
        .hasMessage(plain + ": not compressed with gzip, whatever its name says");
  }
}
