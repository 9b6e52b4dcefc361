package io.realmstream.deploy.wikipedia.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.wikipedia.Bookmark;
import io.realmstream.deploy.wikipedia.dump.DumpPage;
import io.realmstream.deploy.wikipedia.dump.Exports;
import io.realmstream.deploy.wikipedia.load.OpenDump.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenDumpTest {
  private static final Bookmark.Target HERE = new Bookmark.Target("here", "topic");

  private final Path folder;
  private final Path file;
  private final Bookmark bookmark;
  private final ImportCounts counts = new ImportCounts();
  private final List<String> messages = new ArrayList<>();

  OpenDumpTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    file = folder.resolve("enwiki-20260401.xml");
    bookmark = new Bookmark(folder.resolve("place.json"), HERE);
    write("a", "b", "c");
  }

  private void write(String... texts) throws IOException {
    String[] parts = new String[texts.length + 2];
    parts[0] = Exports.head("0.11");
    for (int page = 1; page <= texts.length; page++) {
      parts[page] = Exports.page(page, "Title " + page, texts[page - 1]);
    }
    parts[parts.length - 1] = Exports.tail();
    Exports.write(file, parts);
  }

  private OpenDump open() throws IOException {
    long done = Place.of(file, bookmark, messages::add).pages();
    return new OpenDump(file, bookmark, Exports.SOURCE, done);
  }

  private String next(OpenDump dump) throws IOException {
    DumpPage page = dump.next(counts);
    return page == null ? "end" : page.name();
  }

  @Test
  void aLaterRunGoesOnBehindThePagesThatAreDoneWith() throws IOException {
    try (OpenDump dump = open()) {
      next(dump);
      dump.taken();
      assertThat(next(dump)).isEqualTo("page 2 (Title 2)");
      dump.keep(false); // the second page is not done with
    }
    try (OpenDump dump = open()) {
      assertThat(next(dump)).isEqualTo("page 2 (Title 2)");
      dump.taken();
      assertThat(next(dump)).isEqualTo("page 3 (Title 3)");
      dump.taken();
      assertThat(next(dump)).isEqualTo("end");
      dump.keep(true);
    }
    assertThat(Place.of(file, bookmark, messages::add))
        .isEqualTo(new Place(Files.size(file), 3, true));
    assertThat(messages).isEmpty();
  }

  @Test
  void anotherFileOfThatNameIsReadFromItsBegin() throws IOException {
    try (OpenDump dump = open()) {
      next(dump);
      dump.taken();
      dump.keep(false);
    }
    write("longer", "b", "c");
    try (OpenDump dump = open()) {
      assertThat(next(dump)).isEqualTo("page 1 (Title 1)");
    }
    assertThat(messages)
        .singleElement()
        .asString()
        .contains("is not the file that was read before");
  }

  @Test
  void importsThatDifferHaveBookmarksOfTheirOwn() {
    ImportScope articles = new ImportScope(Exports.SOURCE, Set.of(0));
    Set<String> names =
        Set.of(
            articles.bookmark(folder, file, HERE).toString(),
            articles
                .bookmark(folder, folder.resolve("other").resolve("enwiki-20260401.xml"), HERE)
                .toString(),
            articles.bookmark(folder, file, new Bookmark.Target("here", "other")).toString(),
            new ImportScope(Exports.SOURCE, Set.of(1)).bookmark(folder, file, HERE).toString());
    assertThat(names)
        .hasSize(4)
        .allMatch(name -> name.matches(".*/import-enwiki-20260401\\.xml-[0-9a-f]{8}\\.json"));
    assertThat(new ImportScope(Exports.SOURCE, Set.of(0)).bookmark(folder, file, HERE))
        .hasToString(articles.bookmark(folder, file, HERE).toString());
  }
}
