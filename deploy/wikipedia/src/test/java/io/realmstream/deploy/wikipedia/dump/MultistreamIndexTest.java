package io.realmstream.deploy.wikipedia.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.wikipedia.dump.MultistreamIndex.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultistreamIndexTest {
  private final Path folder;

  MultistreamIndexTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private MultistreamIndex read(String... lines) throws IOException {
    Exports.write(folder.resolve("x-multistream-index.txt.bz2"), String.join("\n", lines));
    return Objects.requireNonNull(MultistreamIndex.beside(folder.resolve("x-multistream.xml.bz2")));
  }

  @ParameterizedTest
  @CsvSource({
    "x-multistream.xml.bz2, x-multistream-index.txt.bz2",
    "x-multistream.xml.bz2, x-multistream-index.txt",
    "x-multistream1.xml-p1p41242.bz2, x-multistream-index1.txt-p1p41242.bz2",
  })
  void indexIsFoundBesideItsDump(String dump, String index) throws IOException {
    Exports.write(folder.resolve(index), "568:10:A\n");
    MultistreamIndex found = Objects.requireNonNull(MultistreamIndex.beside(folder.resolve(dump)));
    assertThat(found.streams()).containsExactly(new Stream(568, 0, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-multistream.xml.bz2", "x.xml.bz2", "x-multistream.xml"})
  void otherDumpsHaveNone(String dump) throws IOException {
    Files.writeString(folder.resolve("y-multistream-index.txt"), "568:10:A\n");
    Files.writeString(folder.resolve("x.txt"), "568:10:A\n");
    assertThat(MultistreamIndex.beside(folder.resolve(dump))).isNull();
  }

  @Test
  void streamsAreCountedByTheirPages() throws IOException {
    assertThat(read("568:10:A", "568:12:B: C", "700:13:D", "9000:14:", "9000:15:E\u2028").streams())
        .containsExactly(new Stream(568, 0, 2), new Stream(700, 2, 1), new Stream(9000, 3, 2));
  }

  @Test
  void whatIsNoIndexIsAnErrorThatNamesIt() {
    for (String line : new String[] {"A", "-5:1:A", "1234567890123456789:1:A", "5:A", ""}) {
      assertThatThrownBy(() -> read("568:10:A", line, "700:11:B"))
          .as(line)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("its index x-multistream-index.txt.bz2: no line of an index");
    }
    assertThatThrownBy(() -> read("568:10:A", "567:11:B"))
        .hasMessageContaining("line 2 is not in order");
    assertThatThrownBy(this::read).hasMessageContaining("it names no page");
    assertThatThrownBy(() -> read("568:10:" + "x".repeat(5_000)))
        .hasMessageContaining("no line of an index");
  }
}
