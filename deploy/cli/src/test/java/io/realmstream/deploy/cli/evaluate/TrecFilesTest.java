package io.realmstream.deploy.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrecFilesTest {
  @Test
  void aDocumentStandsOnceWhereItsBestPassageDoes(@TempDir Path directory) throws IOException {
    GoldQuestion gold = new GoldQuestion("7", "where", null, List.of("old town"));
    try (TrecFiles files = new TrecFiles(directory)) {
      files.add(
          gold,
          Results.passages(
              new String[] {"p1", ""}, new String[] {"p1", ""}, new String[] {"5%\told town", ""}));
    }
    assertThat(directory.resolve("run.trec"))
        .hasContent("7 Q0 p1 1 10.0 realm-v3\n7 Q0 5%25%09old%20town 2 8.0 realm-v3\n");
    assertThat(directory.resolve("qrels.trec")).hasContent("7 0 old%20town 1\n");
  }

  @Test
  void nothingInAnIdEndsItsColumn(@TempDir Path directory) throws IOException {
    String id = "a\u00a0b\u3000c\u0085d\u2000e\u200000";
    try (TrecFiles files = new TrecFiles(directory)) {
      files.add(new GoldQuestion(id, "where", null, List.of("p", "q")), null);
    }
    String written = "a%C2%A0b%E3%80%80c%C2%85d%E2%80%80e%E2%80%8000";
    assertThat(directory.resolve("qrels.trec"))
        .hasContent(written + " 0 p 1\n" + written + " 0 q 1\n");
  }

  @Test
  void aQuestionWithoutReplyIsStillJudged(@TempDir Path directory) throws IOException {
    try (TrecFiles files = new TrecFiles(directory)) {
      files.add(new GoldQuestion("1", "where", null, List.of("p")), null);
      files.add(new GoldQuestion("2", "where", List.of("x"), List.of()), Results.passages());
    }
    assertThat(directory.resolve("run.trec")).isEmptyFile();
    assertThat(directory.resolve("qrels.trec")).hasContent("1 0 p 1\n");
  }
}
