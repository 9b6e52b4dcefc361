package io.realmstream.deploy.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.interleaving.TinyCheckpoints.Recipe;
import io.realmstream.model.text.PassageSplitter;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.version.EncoderTower;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomEditsTest {
  private static final int DOCUMENTS = 7;

  private final Histories histories = new Histories();
  private final RandomEdits edits = new RandomEdits("s", DOCUMENTS, new Random(1), histories);

  @Test
  void copiesAreOfOtherDocumentsThanTheirSourceAndReachFiveInAll() {
    Set<Integer> counts = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      send(edits.upsert());
      List<DocumentEdit> copies = edits.copies();
      List<String> ids = copies.stream().map(DocumentEdit::id).toList();
      assertThat(ids).doesNotHaveDuplicates();
      assertThat(copies).extracting(RandomEditsTest::words).containsOnly(words(copies.get(0)));
      long sources =
          histories.documents().stream()
              .filter(id -> !ids.contains(id))
              .filter(id -> words(histories.newest(id)).equals(words(copies.get(0))))
              .count();
      assertThat(sources).isPositive();
      copies.forEach(this::send);
      assertThat(histories.contents.textsIn(copies.size() + 1)).isPositive();
      counts.add(copies.size());
    }
    assertThat(counts).containsExactly(1, 2, 3, 4);
  }

  @Test
  void withNothingToCopyThereIsANewText() {
    assertThat(edits.copies()).hasSize(1);
  }

  @Test
  void longTextIsThereUntilItIsDeleted() {
    assertThat(edits.hasLongText()).isFalse();
    send(edits.longText(1));
    assertThat(edits.hasLongText()).isTrue();
    send(edits.deleteLongText());
    assertThat(edits.hasLongText()).isFalse();
    assertThat(histories.contents.deleted()).hasSize(1);
    send(edits.deleteLongText());
    assertThat(histories.contents.deleted()).as("once").hasSize(1);
  }

  /** Under towers of every limit that the tiny ones have. */
  @Test
  void longTextHas300Passages(@TempDir Path directory) throws Exception {
    TinyCheckpoints checkpoints = new TinyCheckpoints(directory);
    Set<Integer> limits = new TreeSet<>();
    try (PlainModels models = new PlainModels(Files.createDirectory(directory.resolve("p")))) {
      for (int trunk = 0; limits.size() < 12; trunk++) {
        EncoderTower tower = checkpoints.of(new Recipe(trunk, 0, 0, 0)).documentTower();
        if (limits.add(tower.tokensMax())) {
          PassageSplitter splitter = models.encoder(tower).splitter();
          for (DocumentEdit edit : List.of(edits.longText(1), edits.wideText())) {
            Set<String> passages = new TreeSet<>();
            splitter.split("", edit.text()).forEach(passage -> passages.add(passage.text()));
            assertThat(passages).as("%s", limits).hasSizeGreaterThanOrEqualTo(300);
          }
        }
      }
    }
  }

  private void send(DocumentEdit edit) {
    edits.sent(histories.sent(edit, 0));
  }

  private static String words(DocumentEdit edit) {
    return PlainAnswers.collapsed(edit.title() + " " + edit.text());
  }
}
