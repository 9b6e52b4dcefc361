package io.realmstream.deploy.wikipedia.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.wikipedia.Bookmark;
import io.realmstream.deploy.wikipedia.dump.DumpFile;
import io.realmstream.deploy.wikipedia.dump.DumpPage;
import io.realmstream.deploy.wikipedia.dump.DumpSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A file of a dump that is being imported, and its bookmark. */
final class OpenDump implements Closeable {
  private final DumpFile file;
  private final Bookmark bookmark;

  /** Pages that are done with. */
  private long done;

  private long bytesSeen;
  private boolean anyPage;

  /**
   * How far a file was read.
   *
   * @param bytes of the file
   * @param pages of it that Kafka has, or that cannot be used
   */
  record Place(long bytes, long pages, boolean finished) {
    private static final Place BEGIN = new Place(0, 0, false);

    /**
     * What a bookmark says of a file.
     *
     * @param messages told if it speaks of another file
     */
    static Place of(Path path, Bookmark bookmark, Consumer<String> messages) throws IOException {
      JsonNode place = bookmark.read();
      if (place == null) {
        return BEGIN;
      }
      long bytes = Files.size(path);
      if (place.path("bytes").asLong() != bytes) {
        messages.accept(path + " is not the file that was read before: it is read from its begin");
        return BEGIN;
      }
      return new Place(bytes, place.path("pages").asLong(), place.path("finished").asBoolean());
    }
  }

  /**
   * Opens a file.
   *
   * @param done pages that an earlier run has sent
   */
  OpenDump(Path path, Bookmark bookmark, DumpSource source, long done) throws IOException {
    this.bookmark = bookmark;
    this.done = done;
    this.file = DumpFile.open(path, source, done);
  }

  /**
   * The next page; null at the end.
   *
   * @param counts told of the bytes
   */
  @Nullable DumpPage next(ImportCounts counts) throws IOException {
    DumpPage page = file.next();
    long bytes = page == null ? file.bytes() : file.bytesRead();
    if (anyPage) {
      counts.read(bytes - bytesSeen);
    } else {
      counts.passed(bytes - bytesSeen); // nobody knows how many of them were skipped
    }
    bytesSeen = bytes;
    anyPage = true;
    return page;
  }

  /** The last page is done with. */
  void taken() {
    done = file.pages();
  }

  /** Writes the bookmark; Kafka has all that was taken. */
  void keep(boolean finished) throws IOException {
    bookmark.write(new Place(file.bytes(), done, finished));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
