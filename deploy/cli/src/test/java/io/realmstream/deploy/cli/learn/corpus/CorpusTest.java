package io.realmstream.deploy.cli.learn.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.input.DocumentFormat;
import io.realmstream.deploy.cli.input.Inputs;
import io.realmstream.deploy.cli.input.RowFields;
import io.realmstream.deploy.cli.learn.corpus.Corpus.Passage;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.encoder.Encoder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
  private final Path folder;

  CorpusTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void laterRowsReplaceAndDeleteEarlierOnes() throws Exception {
    Corpus corpus =
        read(
            """
            {"id": "a", "title": "Alba", "text": "Old."}
            {"id": "b", "text": "Gone."}
            {"id": "a", "title": "Alba", "text": "New."}
            {"id": "b", "kind": "DELETE"}
            {"id": "c", "text": "Third."}
            """);
    assertThat(corpus.numbers()).containsEntry("a", 0).containsEntry("c", 1).hasSize(2);
    assertThat(corpus.passages())
        .containsExactly(new Passage(0, "Alba", "Alba", "New."), new Passage(1, "c", "", "Third."));
  }

  @Test
  void documentsWithoutAPassageHaveNoNumber() throws Exception {
    Corpus corpus =
        read(
            """
            {"id": "blank", "text": " "}
            {"id": "a", "text": "Some."}
            {"id": "empty", "title": "Empty", "text": ""}
            """);
    assertThat(corpus.numbers()).containsExactly(entry("a", 0));
  }

  @Test
  void longDocumentsAreSplitUnlessTheySayNotTo() throws Exception {
    String text = "The harbour was closed again in the winter of that year. ".repeat(60).strip();
    Corpus corpus =
        read(
            """
            {"id": "split", "text": "%1$s"}
            {"id": "whole", "text": "%1$s", "split": false}
            """
                .formatted(text));
    assertThat(corpus.documents()).startsWith(0, 0, 0).endsWith(0, 1);
  }

  @Test
  void badRowsAndNothingAtAllAreFailures() {
    assertThatThrownBy(() -> read("{\"id\": \"a\"}\n"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("documents.jsonl:1");
    assertThatThrownBy(() -> read("{\"id\": \"a\", \"text\": \" \"}\n"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("no passage in the documents");
  }

  private Corpus read(String rows) throws Exception {
    Path file = Files.writeString(folder.resolve("documents.jsonl"), rows);
    PartCache cache =
        new PartCache(
            folder.resolve("models"), PartOpener.local(CorpusTest.class.getClassLoader()));
    try (Encoder encoder = Encoder.open(DefaultCheckpoints.minilm().documentTower(), cache);
        Inputs inputs =
            Inputs.of(
                List.of(file.toString()),
                DocumentFormat.DOCUMENTS,
                RowFields.OF_FORMAT,
                InputStream.nullInputStream())) {
      return Corpus.read(inputs, encoder);
    }
  }
}
