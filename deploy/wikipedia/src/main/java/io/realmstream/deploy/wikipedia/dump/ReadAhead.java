package io.realmstream.deploy.wikipedia.dump;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A thread that reads pages ahead. It holds at most {@value #CHARACTERS_MAX} characters of text, or
 * one page.
 */
final class ReadAhead implements PagesAhead {
  private static final int CHARACTERS_MAX = 4 << 20;

  /** What a page counts for at least. */
  private static final int PAGE_CHARACTERS_MIN = 512;

  private final Opening opening;
  private final FutureTask<@Nullable Void> task = new FutureTask<>(this::read);
  private final Thread thread = new Thread(task, "read-dump");
  private final Deque<DumpPage> ready = new ArrayDeque<>();
  private long characters;
  private boolean ended;
  private long pages;

  /** What opens the reader, in the thread that reads. */
  interface Opening {
    PageReader open() throws IOException;
  }

  /**
   * Begins to read.
   *
   * @param skipped pages that are passed over
   */
  ReadAhead(Opening opening, long skipped) {
    this.opening = opening;
    this.pages = skipped;
    thread.setDaemon(true);
    thread.start();
  }

  private @Nullable Void read() throws IOException, InterruptedException {
    try {
      PageReader reader = opening.open();
      long skipped = pages();
      for (DumpPage page = reader.next(); page != null; page = reader.next()) {
        if (skipped > 0) {
          skipped--;
        } else {
          put(page);
        }
      }
      return null;
    } finally {
      end();
    }
  }

  private synchronized void put(DumpPage page) throws InterruptedException {
    int weight = weight(page);
    while (!ready.isEmpty() && characters + weight > CHARACTERS_MAX) {
      wait();
    }
    ready.add(page);
    characters += weight;
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  @Override
  public @Nullable DumpPage next() throws IOException {
    try {
      DumpPage page = taken();
      if (page == null) {
        task.get();
      }
      return page;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException("a reader of pages failed", e);
    }
  }

  private synchronized @Nullable DumpPage taken() throws InterruptedException {
    while (ready.isEmpty() && !ended) {
      wait();
    }
    DumpPage page = ready.poll();
    if (page != null) {
      characters -= weight(page);
      pages++;
      notifyAll();
    }
    return page;
  }

  private static int weight(DumpPage page) {
    String text = page.observed() == null ? null : page.observed().revision().text();
    return Math.max(PAGE_CHARACTERS_MIN, text == null ? 0 : text.length());
  }

  @Override
  public synchronized long pages() {
    return pages;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
