package io.realmstream.deploy.bench.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.schemas.document.DocumentEdit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditedDocumentsTest {
  @Test
  void editsGoRoundAllDocumentsAndNoTextComesTwice() {
    EditedDocuments edited = EditedDocuments.of(null, 30);
    List<DocumentEdit> edits = edited.edits(90);
    assertThat(edits.subList(0, 30)).extracting(DocumentEdit::id).doesNotHaveDuplicates();
    assertThat(edits).extracting(DocumentEdit::text).doesNotHaveDuplicates();
    assertThat(edits.get(30).id()).isEqualTo(edits.get(0).id());
    assertThat(edits.get(30).revision()).isGreaterThan(edits.get(0).revision());
    assertThat(edits.get(0).revision()).isGreaterThan(1);
  }

  @Test
  void passagesOfAFileBecomeDocumentsAsFarAsTheyAreWanted(@TempDir Path directory)
      throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("passages.jsonl"),
            """
            {"id": "a", "title": "A", "text": "First."}
            {"id": "b", "title": "B", "text": "Second."}
            {"id": "c", "title": "C", "text": "Third."}
            """);
    assertThat(EditedDocuments.of(file, 2).documents())
        .extracting(DocumentEdit::id)
        .containsExactly("a", "b");
  }

  @Test
  void whatIsNoPassageIsSaid(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("passages.jsonl"), "{\"title\": \"A\"}\n");
    assertThatThrownBy(() -> EditedDocuments.of(file, 2))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("not a passage");
  }
}
