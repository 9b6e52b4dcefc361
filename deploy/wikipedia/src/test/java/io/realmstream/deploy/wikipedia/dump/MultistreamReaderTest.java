package io.realmstream.deploy.wikipedia.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.files.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps of 100 pages, seven a stream: 14 streams, and one of two pages. */
class MultistreamReaderTest {
  private static final int PAGES = 100;
  private static final int PER_STREAM = 7;

  private final Path dump;

  MultistreamReaderTest(@TempDir Path folder) {
    dump = folder.resolve("enwiki-20260401-pages-articles-multistream.xml.bz2");
  }

  private Path write() throws IOException {
    String[] pages =
        IntStream.rangeClosed(1, PAGES)
            .mapToObj(page -> Exports.page(page, "Title " + page, "text of " + page))
            .toArray(String[]::new);
    return Exports.multistream(dump, PER_STREAM, pages);
  }

  /** Offsets of the streams with pages. */
  private long[] offsets() throws IOException {
    return Objects.requireNonNull(MultistreamIndex.beside(dump)).streams().stream()
        .mapToLong(MultistreamIndex.Stream::offset)
        .toArray();
  }

  private List<DumpPage> read(long skipped) throws IOException {
    List<DumpPage> pages = new ArrayList<>();
    try (DumpFile file = DumpFile.open(dump, Exports.SOURCE, skipped)) {
      for (DumpPage page = file.next(); page != null; page = file.next()) {
        pages.add(page);
      }
      assertThat(file.pages()).isEqualTo(PAGES);
      assertThat(file.bytesRead()).isEqualTo(file.bytes());
    }
    return pages;
  }

  private static String[] names(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(page -> "page %d (Title %d)".formatted(page, page))
        .toArray(String[]::new);
  }

  /** Overwrites what is from one byte to another. */
  private void damage(long from, long to) throws IOException {
    byte[] bytes = Files.readAllBytes(dump);
    Arrays.fill(bytes, (int) from, (int) to, (byte) 'x');
    Files.write(dump, bytes);
  }

  private static List<String> lines(Path index) throws IOException {
    try (InputStream raw = Files.newInputStream(index)) {
      byte[] bytes = Compression.uncompressed("index.bz2", raw).readAllBytes();
      return new String(bytes, UTF_8).lines().toList();
    }
  }

  @Test
  void pagesAreThoseOfTheFileReadWithoutItsIndexInThatOrder() throws IOException {
    Path index = write();
    List<DumpPage> pages = read(0);
    assertThat(pages).extracting(DumpPage::name).containsExactly(names(1, PAGES));
    Files.delete(index);
    assertThat(read(0)).isEqualTo(pages);
  }

  @Test
  void pagesThatWereReadBeforeAreSkipped() throws IOException {
    Path index = write();
    for (int skipped : new int[] {1, 6, 7, 8, 50, 98, 99, 100}) {
      assertThat(read(skipped))
          .extracting(DumpPage::name)
          .containsExactly(names(skipped + 1, PAGES));
    }
    Files.delete(index);
    assertThat(read(50)).extracting(DumpPage::name).containsExactly(names(51, PAGES));
  }

  @Test
  void streamsWhosePagesAreSkippedAreNotRead() throws IOException {
    write();
    long[] offsets = offsets();
    damage(offsets[0], offsets[7]);
    assertThat(read(49)).extracting(DumpPage::name).containsExactly(names(50, PAGES));
  }

  @Test
  void pagesSayWhereTheReaderIs() throws IOException {
    write();
    try (DumpFile file = DumpFile.open(dump, Exports.SOURCE, 10)) {
      assertThat(file.pages()).isEqualTo(10);
      for (int page = 11; page <= PAGES; page++) {
        assertThat(Objects.requireNonNull(file.next()).name()).contains("page " + page + " ");
        assertThat(file.pages()).isEqualTo(page);
        assertThat(file.bytesRead()).isEqualTo(offsets()[(page - 1) / PER_STREAM]);
      }
    }
  }

  @Test
  void damagedStreamIsReportedWithItsPlaceAndTheNextIsRead() throws IOException {
    write();
    long[] offsets = offsets();
    byte[] whole = Files.readAllBytes(dump);
    damage(offsets[3] + 20, offsets[4]);
    List<DumpPage> pages = new ArrayList<>();
    try (DumpFile file = DumpFile.open(dump, Exports.SOURCE)) {
      while (pages.size() < PAGES - PER_STREAM + 1) {
        pages.add(Objects.requireNonNull(file.next()));
      }
      assertThatThrownBy(file::next).hasMessageContaining("1 of its streams could not be read");
      assertThat(file.pages()).isEqualTo(3 * PER_STREAM);
    }
    DumpPage damaged = pages.get(3 * PER_STREAM);
    assertThat(damaged.name()).isEqualTo("the stream at byte %,d".formatted(offsets[3]));
    assertThat(damaged.problem()).contains("damaged", "0 of its 7 pages were read");
    assertThat(pages.subList(3 * PER_STREAM + 1, pages.size()))
        .extracting(DumpPage::name)
        .containsExactly(names(4 * PER_STREAM + 1, PAGES));
    Files.write(dump, whole);
    assertThat(read(3 * PER_STREAM))
        .extracting(DumpPage::name)
        .containsExactly(names(3 * PER_STREAM + 1, PAGES));
  }

  @Test
  void pageThatTheIndexDoesNotNameIsReadAndReported() throws IOException {
    Path index = write();
    List<String> lines = new ArrayList<>(lines(index));
    lines.remove(9);
    Exports.write(index, String.join("\n", lines));
    try (DumpFile file = DumpFile.open(dump, Exports.SOURCE)) {
      for (String name : names(1, 14)) {
        assertThat(Objects.requireNonNull(file.next()).name()).isEqualTo(name);
      }
      assertThat(file.pages()).isEqualTo(13);
      assertThat(Objects.requireNonNull(file.next()).problem())
          .isEqualTo("its index names other pages; 7 of its 6 pages were read");
      assertThat(Objects.requireNonNull(file.next()).name()).isEqualTo(names(15, 15)[0]);
      assertThat(file.pages()).isEqualTo(7);
    }
  }

  @Test
  void dumpThatIsCutShortIsAnErrorThatNamesTheLastGoodPage() throws IOException {
    write();
    long[] offsets = offsets();
    Files.write(dump, Arrays.copyOf(Files.readAllBytes(dump), (int) offsets[9] + 30));
    assertThatThrownBy(() -> read(0))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(dump + ": it ends at byte ")
        .hasMessageContaining("the last good one is page 63 (");
    Files.write(dump, Arrays.copyOf(Files.readAllBytes(dump), (int) offsets[9]));
    assertThatThrownBy(() -> read(0)).hasMessageContaining("the last good one is page 63 (");
  }

  @Test
  void indexOfAnotherFileIsAnError() throws IOException {
    Path index = write();
    long first = offsets()[0];
    String shifted =
        LongStream.range(1, 30)
            .mapToObj(page -> "%d:%d:A\n".formatted(first + 5 * (page - 1), page))
            .collect(Collectors.joining());
    Exports.write(index, shifted);
    assertThatThrownBy(() -> read(0)).hasMessageContaining("its index is that of another file");
    Exports.write(index, "7:1:A\n");
    assertThatThrownBy(() -> read(0)).hasMessageContaining("damaged");
    Exports.write(index, Files.size(dump) + 10 + ":1:A\n");
    assertThatThrownBy(() -> read(0)).hasMessageContaining("its index lacks page 1 (Title 1)");
  }

  @Test
  void dumpOfAnotherWikiIsAnErrorAtOnce() throws IOException {
    write();
    DumpSource german = new DumpSource("dewiki", Exports.DATE);
    assertThatThrownBy(() -> DumpFile.open(dump, german))
        .hasMessageContaining("it is a dump of enwiki, not of dewiki");
  }
}
