package io.realmstream.deploy.wikipedia.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
  private final AtomicInteger read = new AtomicInteger();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** So many pages, then an end or a failure. */
  private PageReader pages(int count, @Nullable IOException failure) {
    return () -> {
      int page = read.incrementAndGet();
      if (page <= count) {
        return new DumpPage("page " + page, null, "has none");
      }
      if (failure != null) {
        throw failure;
      }
      return null;
    };
  }

  private static List<String> names(ReadAhead ahead) throws IOException {
    List<String> names = new ArrayList<>();
    for (DumpPage page = ahead.next(); page != null; page = ahead.next()) {
      names.add(page.name());
    }
    return names;
  }

  @Test
  void pagesComeInOrderBehindThoseThatAreSkipped() throws IOException {
    try (ReadAhead ahead = new ReadAhead(() -> pages(5, null), 2)) {
      assertThat(ahead.pages()).isEqualTo(2);
      assertThat(names(ahead)).containsExactly("page 3", "page 4", "page 5");
      assertThat(ahead.pages()).isEqualTo(5);
      assertThat(ahead.next()).isNull();
    }
  }

  @Test
  void failureComesBehindThePagesBeforeIt() throws IOException {
    IOException failure = new IOException("cut");
    try (ReadAhead ahead = new ReadAhead(() -> pages(1, failure), 0)) {
      assertThat(ahead.next()).isNotNull();
      assertThatThrownBy(ahead::next).isSameAs(failure);
    }
    ReadAhead.Opening closed =
        () -> {
          throw failure;
        };
    try (ReadAhead ahead = new ReadAhead(closed, 0)) {
      assertThatThrownBy(ahead::next).isSameAs(failure);
    }
  }

  /** 512 characters each at least, so 8,192 fit. */
  @Test
  void nothingIsReadFarAheadOfWhoeverTakesIt() throws IOException {
    try (ReadAhead ahead = new ReadAhead(() -> pages(1_000_000, null), 0)) {
      await().until(() -> read.get() == 8_193);
      for (int page = 0; page < 10; page++) {
        assertThat(ahead.next()).isNotNull();
      }
      await().until(() -> read.get() == 8_203);
    }
  }

  @Test
  void closingEndsTheThread() throws Exception {
    ReadAhead ahead =
        new ReadAhead(
            () ->
                () -> {
                  if (Thread.currentThread().isInterrupted()) {
                    stopped.countDown();
                    return null;
                  }
                  return new DumpPage("page", null, "has none");
                },
            Long.MAX_VALUE);
    ahead.close();
    stopped.await();
    assertThat(ahead.next()).isNull();
  }
}
