package io.realmstream.deploy.wikipedia.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.wikipedia.Bookmark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How far the sweeps over a wiki have come, in two files: a bookmark, and the numbers of the pages
 * that the sweep under way has met, eight bytes each. The bookmark says how many of them count, so
 * a kill at any moment leaves both of use. Not thread-safe.
 */
public final class SweepProgress {
  private final Bookmark bookmark;
  private final Path metFile;
  private final List<Long> metLately = new ArrayList<>();
  private @Nullable Instant verifiedSince;
  private @Nullable Sweep sweep;

  /** How many numbers of the file count. */
  private long met;

  /**
   * A sweep under way.
   *
   * @param began by the wiki's clock
   * @param namespaces whose pages it lists, in order
   * @param listed of them, those that it has listed to their ends
   * @param next what to send to get the next pages of the one behind these; null = begin it
   */
  record Sweep(Instant began, List<Integer> namespaces, int listed, @Nullable String next) {
    Sweep {
      namespaces = List.copyOf(namespaces);
    }

    private boolean isSame(@Nullable Sweep other) {
      return other != null && began.equals(other.began) && namespaces.equals(other.namespaces);
    }
  }

  /** The content of the bookmark. */
  private record Place(@Nullable Instant verifiedSince, @Nullable Sweep sweep, long met) {}

  private SweepProgress(Bookmark bookmark, Path metFile) {
    this.bookmark = bookmark;
    this.metFile = metFile;
  }

  /**
   * Reads how far the sweeps have come.
   *
   * @param metFile beside the bookmark's; need not exist
   */
  public static SweepProgress open(Bookmark bookmark, Path metFile) throws IOException {
    SweepProgress progress = new SweepProgress(bookmark, metFile);
    JsonNode place = bookmark.read();
    if (place != null) {
      progress.verifiedSince = time(place.path("verifiedSince"));
      progress.sweep = sweep(place.path("sweep"));
      progress.met = place.path("met").asLong();
    }
    return progress;
  }

  private static @Nullable Sweep sweep(JsonNode place) {
    Instant began = time(place.path("began"));
    if (began == null) {
      return null;
    }
    List<Integer> namespaces = new ArrayList<>();
    place.path("namespaces").forEach(number -> namespaces.add(number.asInt()));
    return new Sweep(
        began, namespaces, place.path("listed").asInt(), place.path("next").textValue());
  }

  private static @Nullable Instant time(JsonNode text) {
    try {
      return text.isTextual() ? Instant.parse(text.asText()) : null;
    } catch (DateTimeException e) {
      return null; // whoever changed the file gets a sweep from the first page on
    }
  }

  /**
   * No page was verified longer ago: when the last sweep that met all pages of its namespaces
   * began, by the wiki's clock. Null = none has ended yet.
   */
  public @Nullable Instant verifiedSince() {
    return verifiedSince;
  }

  /** The sweep to go on with; null = one is to begin, since none is under way over these. */
  @Nullable Sweep sweep(List<Integer> namespaces) {
    return sweep != null && sweep.namespaces().equals(namespaces) ? sweep : null;
  }

  /** Shows each page that the sweep under way has met before. */
  void forEachMet(LongConsumer action) throws IOException {
    if (met == 0) {
      return;
    }
    try (FileChannel file = FileChannel.open(metFile, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
      for (long left = met; left > 0; ) {
        bytes.clear().limit((int) Math.min(bytes.capacity(), left * Long.BYTES));
        while (bytes.hasRemaining()) {
          if (file.read(bytes) < 0) {
            throw new IOException(metFile + " is too short; remove " + bookmark + " to begin anew");
          }
        }
        LongBuffer numbers = bytes.flip().asLongBuffer();
        left -= numbers.remaining();
        while (numbers.hasRemaining()) {
          action.accept(numbers.get());
        }
      }
    }
  }

  /** The wiki has told of a page. */
  void met(long pageId) {
    metLately.add(pageId);
  }

  /** Writes a place; all that was met up to it counts. */
  void keep(Sweep place) throws IOException {
    if (!place.isSame(sweep)) {
      met = 0;
    }
    ByteBuffer bytes = ByteBuffer.allocate(metLately.size() * Long.BYTES);
    metLately.forEach(bytes::putLong);
    bytes.flip();
    if (metFile.getParent() != null) {
      Files.createDirectories(metFile.getParent());
    }
    try (FileChannel file =
        FileChannel.open(metFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.position(met * Long.BYTES);
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
    met += metLately.size();
    metLately.clear();
    sweep = place;
    bookmark.write(new Place(verifiedSince, sweep, met));
  }

  /** The sweep has met all pages. */
  void ended(Sweep whole) throws IOException {
    verifiedSince = whole.began();
    sweep = null;
    met = 0;
    metLately.clear();
    bookmark.write(new Place(verifiedSince, null, 0));
    Files.deleteIfExists(metFile);
  }
}
