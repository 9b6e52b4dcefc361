package io.realmstream.deploy.wikipedia.load;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.wikipedia.Bookmark;
import io.realmstream.deploy.wikipedia.EventSender;
import io.realmstream.deploy.wikipedia.dump.DumpPage;
import io.realmstream.deploy.wikipedia.dump.DumpSums;
import io.realmstream.deploy.wikipedia.load.OpenDump.Place;
import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the pages of dumps as statements of what was observed. A bookmark keeps how many pages of a
 * file Kafka has. So after a kill the pages of the last second are repeated, and none is lost. Not
 * thread-safe.
 */
public final class Import implements AutoCloseable {
  /** Files that are read at once, each in a thread of its own. */
  private static final int AT_ONCE =
      Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

  private static final Duration KEPT_EVERY = Duration.ofSeconds(1);

  private final ImportScope scope;
  private final Consumer<String> messages;
  private final Bookmark.Target target;
  private final EventSender sender;
  private final @Nullable Gate gate;
  private final ImportCounts counts = new ImportCounts();

  /** Files whose pages come in turn. */
  private final Deque<OpenDump> open = new ArrayDeque<>();

  private long keptNanos = System.nanoTime();

  /**
   * Opens Kafka clients.
   *
   * @param rule null = send without waiting for what is on its way
   * @param messages gets one line for each page and each file that cannot be used
   */
  public Import(
      Connection connection,
      ImportScope scope,
      @Nullable GateRule rule,
      Consumer<String> messages) {
    this.scope = scope;
    this.messages = messages;
    this.target = Bookmark.Target.of(connection);
    this.gate = rule == null ? null : Gate.open(connection, rule);
    this.sender = new EventSender(connection);
  }

  public ImportCounts counts() {
    return counts;
  }

  /**
   * Imports the rests of files. Some are read at once, and a page of each is sent in turn.
   *
   * @param folder of the bookmarks
   * @param goOn asked before every page, and while nothing can be sent; false ends it in good order
   * @return whether all files were read to their ends
   */
  public boolean files(List<Path> paths, Path folder, BooleanSupplier goOn) throws IOException {
    Deque<Path> waiting = new ArrayDeque<>(paths);
    boolean whole = true;
    try {
      while (goOn.getAsBoolean()) {
        while (open.size() < AT_ONCE && !waiting.isEmpty()) {
          Path path = waiting.remove();
          whole &= open(path, scope.bookmark(folder, path, target));
        }
        OpenDump file = open.poll();
        if (file == null) {
          return whole;
        }
        whole &= onePage(file, goOn);
        if (System.nanoTime() - keptNanos > KEPT_EVERY.toNanos()) {
          keep();
        }
      }
      keep();
      return false;
    } finally {
      while (!open.isEmpty()) {
        open.remove().close();
      }
    }
  }

  /** Opens a file, unless it is imported already; false if it cannot be read. */
  private boolean open(Path path, Bookmark bookmark) {
    try {
      Place place = Place.of(path, bookmark, messages);
      if (place.finished()) {
        messages.accept(path + " is imported already, says " + bookmark);
        counts.passed(place.bytes());
      } else {
        DumpSums.beside(path).check(path);
        open.add(new OpenDump(path, bookmark, scope.source(), place.pages()));
      }
      return true;
    } catch (IOException e) {
      messages.accept(String.valueOf(e.getMessage()));
      return false;
    }
  }

  /** Sends the next page of a file, and leaves it open if there may be more; false if it failed. */
  private boolean onePage(OpenDump file, BooleanSupplier goOn) throws IOException {
    DumpPage page;
    boolean whole = true;
    try {
      page = file.next(counts);
    } catch (IOException e) {
      messages.accept(String.valueOf(e.getMessage()));
      page = null;
      whole = false;
    }
    if (page == null) {
      sender.flush();
      file.keep(whole);
      file.close();
      return whole;
    }
    open.add(file);
    if (take(page, goOn)) {
      file.taken();
    }
    return true;
  }

  private void keep() throws IOException {
    keptNanos = System.nanoTime();
    sender.flush();
    for (OpenDump file : open) {
      file.keep(false);
    }
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
