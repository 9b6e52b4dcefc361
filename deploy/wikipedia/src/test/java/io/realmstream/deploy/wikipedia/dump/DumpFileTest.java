package io.realmstream.deploy.wikipedia.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpFileTest {
  private final Path folder;

  DumpFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(strings = {"pages.xml", "pages.xml.gz", "pages.xml.bz2"})
  void exportIsReadInEveryCompression(String name) throws IOException {
    Path file =
        Exports.write(
            folder.resolve(name),
            Exports.head("0.10"),
            Exports.page(1, "A", "a"),
            Exports.page(2, "B", "b"),
            Exports.tail());
    assertThat(Exports.read(file))
        .extracting(DumpPage::name)
        .containsExactly("page 1 (A)", "page 2 (B)");
  }

  @Test
  void manyStreamsOfBzip2AreOneFile() throws IOException {
    Path file = folder.resolve("multistream.xml.bz2");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (String part :
          new String[] {
            Exports.head("0.11"),
            Exports.page(1, "A", "a"),
            Exports.page(2, "B", "b"),
            Exports.tail()
          }) {
        Path stream = Exports.write(folder.resolve("stream.bz2"), part);
        out.write(Files.readAllBytes(stream));
      }
    }
    assertThat(Exports.read(file)).hasSize(2);
  }

  @Test
  void dumpOfTheSearchIndexIsKnownByItsFirstCharacter() throws IOException {
    Path file =
        Exports.write(
            folder.resolve("search.json.bz2"),
            "{\"index\":{\"_id\":\"1\"}}\n",
            "{\"title\":\"A\",\"namespace\":0,\"version\":2,\"timestamp\":\"2026-01-01T00:00:00Z\","
                + "\"text\":\"a\"}\n");
    assertThat(Exports.read(file)).extracting(DumpPage::problem).containsExactly((String) null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut.xml", "cut.xml.gz", "cut.xml.bz2"})
  void fileThatIsCutShortIsAnErrorThatNamesTheLastGoodPage(String name) throws IOException {
    String[] parts = new String[5002];
    parts[0] = Exports.head("0.11");
    for (int i = 1; i <= 5000; i++) {
      parts[i] = Exports.page(i, "Title " + i, "text of page " + i * 7919L + " ".repeat(300));
    }
    parts[5001] = Exports.tail();
    Path whole = Exports.write(folder.resolve(name), parts);
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(whole, Arrays.copyOf(bytes, bytes.length - 40));
    assertThatThrownBy(() -> Exports.read(whole))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(whole + ": ")
        .hasMessageMatching("(?s).*; the last good one is page \\d{4} .*");
  }

  @Test
  void emptyOrForeignFileIsAnError() throws IOException {
    Path empty = Exports.write(folder.resolve("empty.xml"));
    assertThatThrownBy(() -> Exports.read(empty)).hasMessageContaining("no page before it");
    Path text = Exports.write(folder.resolve("text.xml"), "What is this?");
    assertThatThrownBy(() -> Exports.read(text)).hasMessageContaining("no page before it");
  }

  @Test
  void progressIsInBytesOnDisk() throws IOException {
    Path file =
        Exports.write(
            folder.resolve("a.xml.gz"),
            Exports.head("0.11"),
            Exports.page(1, "A", "a"),
            Exports.tail());
    try (DumpFile dump = DumpFile.open(file, Exports.SOURCE)) {
      while (dump.next() != null) {
        assertThat(dump.bytesRead()).isPositive();
      }
      assertThat(dump.bytesRead()).isEqualTo(dump.bytes()).isEqualTo(Files.size(file));
      assertThat(dump.pages()).isEqualTo(1);
    }
  }
}
