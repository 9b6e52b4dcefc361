package io.realmstream.deploy.wikipedia.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.wikipedia.Bookmark;
import io.realmstream.deploy.wikipedia.EventSender;
import io.realmstream.deploy.wikipedia.dump.DumpFile;
import io.realmstream.deploy.wikipedia.dump.DumpPage;
import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the pages of dumps as statements of what was observed. A bookmark keeps how many pages of a
 * file Kafka has. So after a kill the pages of the last second are repeated, and none is lost. Not
 * thread-safe.
 */
public final class Import implements AutoCloseable {
  private static final Duration KEPT_EVERY = Duration.ofSeconds(1);

  private final ImportScope scope;
  private final Consumer<String> messages;
  private final EventSender sender;
  private final @Nullable Gate gate;
  private final ImportCounts counts = new ImportCounts();
  private long keptNanos = System.nanoTime();

  /** Pages of the open file that are done with. */
  private long done;

  /**
   * How far a file was read.
   *
   * @param bytes of the file
   * @param pages of it that Kafka has, or that cannot be used
   */
  private record Place(long bytes, long pages, boolean finished) {}

  /**
   * Opens Kafka clients.
   *
   * @param rule null = send without waiting for what is on its way
   * @param messages gets one line for each page that cannot be used
   */
  public Import(
      Connection connection,
      ImportScope scope,
      @Nullable GateRule rule,
      Consumer<String> messages) {
    this.scope = scope;
    this.messages = messages;
    this.gate = rule == null ? null : Gate.open(connection, rule);
    this.sender = new EventSender(connection);
  }

  public ImportCounts counts() {
    return counts;
  }

  /**
   * Imports the rest of a file.
   *
   * @param goOn asked after every page, and while nothing can be sent; false ends it in good order
   * @return whether the file was read to its end
   */
  public boolean file(Path path, Bookmark bookmark, BooleanSupplier goOn) throws IOException {
    try (DumpFile file = DumpFile.open(path, scope.source())) {
      JsonNode place = bookmark.read();
      if (place != null && place.path("bytes").asLong() != file.bytes()) {
        messages.accept(path + " is not the file that was read before: it is read from its begin");
        place = null;
      }
      if (place != null && place.path("finished").asBoolean()) {
        messages.accept(path + " is imported already, says " + bookmark);
        counts.fileRead(file.bytes());
        return true;
      }
      done = place == null ? 0 : place.path("pages").asLong();
      boolean finished = pages(file, bookmark, goOn);
      keep(file, finished, bookmark);
      counts.fileRead(file.bytes());
      return finished;
    }
  }

  private boolean pages(DumpFile file, Bookmark bookmark, BooleanSupplier goOn) throws IOException {
    for (DumpPage page = file.next(); page != null; page = file.next()) {
      counts.at(file.bytesRead());
      if (file.pages() > done) {
        if (!take(page, goOn)) {
          return false;
        }
        done = file.pages();
        if (System.nanoTime() - keptNanos > KEPT_EVERY.toNanos()) {
          keep(file, false, bookmark);
        }
      }
      if (!goOn.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  private void keep(DumpFile file, boolean finished, Bookmark bookmark) throws IOException {
    keptNanos = System.nanoTime();
    sender.flush();
    bookmark.write(new Place(file.bytes(), done, finished));
  }

  /** Waits until Kafka has all, and all of it is answerable. */
  public void settle(BooleanSupplier goOn) {
    sender.flush();
    if (gate != null) {
      gate.settle(goOn);
    }
  }

  /** Whether the page is done with. */
  private boolean take(DumpPage page, BooleanSupplier goOn) {
    WikipediaObserved observed = page.observed();
    if (observed == null) {
      bad(page.name() + ": " + page.problem());
      return true;
    }
    Integer namespace = observed.page().namespace();
    boolean wanted =
        namespace == null || scope.namespaces().isEmpty() || scope.namespaces().contains(namespace);
    if (!wanted) {
      counts.otherNamespace();
      return true;
    }
    try {
      return send(observed, EventSender.encoded(observed), goOn);
    } catch (BadRecordException e) {
      bad(page.name() + ": " + e.getMessage());
      return true;
    }
  }

  private boolean send(WikipediaObserved observed, byte[] value, BooleanSupplier goOn) {
    String text = observed.revision().text();
    long textBytes = text == null ? 0 : Utf8.bytes(text);
    if (gate != null && !gate.pass(observed.key(), textBytes, goOn)) {
      return false;
    }
    sender.send(observed.key(), value);
    counts.sent(textBytes);
    return true;
  }

  private void bad(String message) {
    counts.bad();
    messages.accept(message);
  }

  @Override
  public void close() {
    sender.close();
    if (gate != null) {
      gate.close();
    }
  }
}
