package io.realmstream.deploy.wikipedia.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.wikipedia.Bookmark;
import io.realmstream.schemas.wikipedia.ObservedPage;
import io.realmstream.schemas.wikipedia.ObservedRevision;
import io.realmstream.schemas.wikipedia.ObservedState;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AuditTest {
  private static final int PAGES = 100_000;

  private final Path folder;

  AuditTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Of each hundred pages one differs: newer, unknown here, gone, a redirect, or hidden. */
  @Test
  void everyPlantedDifferenceIsFoundByOneSweep() throws Exception {
    Map<Long, Long> known = new HashMap<>();
    Set<Long> planted = new TreeSet<>();
    Set<Long> redirects = new HashSet<>();
    try (ApiServer server = new ApiServer(redirects)) {
      for (long page = 1; page <= PAGES; page++) {
        server.pages.put(page, page * 10);
        known.put(page, page * 10);
        if (page % 100 == 0) {
          planted.add(page);
          switch ((int) (page / 100 % 5)) {
            case 0 -> known.put(page, page * 10 - 1);
            case 1 -> known.remove(page);
            case 2 -> server.pages.remove(page);
            case 3 -> redirects.add(page);
            default -> server.hidden.add(page);
          }
        }
      }
      Map<Long, WikipediaObserved> found = new HashMap<>();
      WikiApi api = server.api();
      Audit audit = audit(api, known, page -> found.put(page.pageId(), page));
      assertThat(audit.sweep(List.of(0), () -> true)).isTrue();
      assertThat(new TreeSet<>(found.keySet())).isEqualTo(planted);
      assertThat(audit.differences()).isEqualTo(1_000);
      assertThat(found.get(200L))
          .extracting(WikipediaObserved::state)
          .isEqualTo(ObservedState.GONE);
      assertThat(found.get(400L))
          .isEqualTo(
              new WikipediaObserved(
                  WikipediaObserved.SCHEMA,
                  "enwiki",
                  400,
                  Instant.parse(ApiServer.NOW),
                  ObservedState.HIDDEN,
                  ObservedPage.NONE,
                  new ObservedRevision(4_000L, null, null, null)));
      // 99,600 pages listed by 500, 400 asked for by 50
      assertThat(api.requests()).isEqualTo(200 + 8);
    }
  }

  @Test
  void sweepThatIsStoppedSaysSoAndMakesNothingGone() throws Exception {
    try (ApiServer server = new ApiServer(Set.of())) {
      for (long page = 1; page <= 600; page++) {
        server.pages.put(page, 1L);
      }
      Audit audit =
          audit(
              server.api(),
              Map.of(599L, 1L, 700L, 1L),
              page -> assertThat(page.state()).isEqualTo(ObservedState.PRESENT));
      assertThat(audit.sweep(List.of(0), () -> false)).isFalse();
      assertThat(audit.pages()).isEqualTo(500);
      assertThat(progress().verifiedSince()).isNull();
    }
  }

  /**
   * It is cut off after each reply in turn. Page 1 was met before the first cut, and 3,000 is gone.
   */
  @Test
  void sweepThatIsCutOffIsGoneOnWithWhereItWas() throws Exception {
    Map<Long, Long> known = new HashMap<>();
    Set<Long> found = new TreeSet<>();
    try (ApiServer server = new ApiServer(Set.of())) {
      for (long page = 1; page <= 2_000; page++) {
        server.pages.put(page, 1L);
        known.put(page, page % 500 == 0 ? 2L : 1L);
      }
      known.put(3_000L, 1L);
      long requests = 0;
      boolean whole = false;
      for (int sweeps = 0; !whole; sweeps++) {
        assertThat(sweeps).as("sweeps").isLessThan(10);
        assertThat(progress().verifiedSince()).isNull();
        WikiApi api = server.api();
        whole =
            audit(api, known, page -> assertThat(found.add(page.pageId())).isTrue())
                .sweep(List.of(0, 4), () -> false);
        requests += api.requests();
      }
      assertThat(found).containsExactly(500L, 1_000L, 1_500L, 2_000L, 3_000L);
      // both namespaces list all pages here, 500 a reply; the last request is for the page that is
      // gone
      assertThat(requests).isEqualTo(4 + 4 + 1);
      assertThat(progress().verifiedSince()).isEqualTo(ApiServer.NOW);
    }
  }

  @Test
  void aDifferenceThatWasNotTakenIsFoundAgain() throws Exception {
    Set<Long> found = new TreeSet<>();
    try (ApiServer server = new ApiServer(Set.of())) {
      for (long page = 1; page <= 1_000; page++) {
        server.pages.put(page, 1L);
      }
      Audit cut =
          asked(server.api(), Map.of(), page -> found.size() < 700 && found.add(page.pageId()));
      assertThat(cut.sweep(List.of(0), () -> true)).isFalse();
      assertThat(
              audit(server.api(), Map.of(), page -> found.add(page.pageId()))
                  .sweep(List.of(0), () -> true))
          .isTrue();
      assertThat(found).hasSize(1_000);
    }
  }

  /** So that texts that are yet to be fetched count among those that are on their way. */
  @Test
  void aDifferenceComesWithTheLengthOfItsText() throws Exception {
    Map<Long, Long> lengths = new HashMap<>();
    try (ApiServer server = new ApiServer(Set.of())) {
      server.pages.put(7L, 70L);
      Audit.Differences differences =
          new Audit.Differences() {
            @Override
            public boolean take(WikipediaObserved page, long textBytes) {
              return lengths.put(page.pageId(), textBytes) == null;
            }

            @Override
            public void flush() {}
          };
      KnownPages known = new KnownPages(Map.of(8L, 80L));
      new Audit(server.api(), known, progress(), differences).sweep(List.of(0), () -> true);
      assertThat(lengths).isEqualTo(Map.of(7L, 7_000L, 8L, 0L));
    }
  }

  @Test
  void sweepOfOtherNamespacesBeginsAnew() throws Exception {
    try (ApiServer server = new ApiServer(Set.of())) {
      for (long page = 1; page <= 600; page++) {
        server.pages.put(page, 1L);
      }
      audit(server.api(), Map.of(), page -> {}).sweep(List.of(0), () -> false);
      Audit other = audit(server.api(), Map.of(), page -> {});
      assertThat(other.sweep(List.of(4), () -> true)).isTrue();
      assertThat(other.pages()).isEqualTo(600);
    }
  }

  private Audit audit(WikiApi api, Map<Long, Long> known, Consumer<WikipediaObserved> differing)
      throws IOException {
    return asked(
        api,
        known,
        page -> {
          differing.accept(page);
          return true;
        });
  }

  private Audit asked(WikiApi api, Map<Long, Long> known, Predicate<WikipediaObserved> taker)
      throws IOException {
    Audit.Differences differences =
        new Audit.Differences() {
          @Override
          public boolean take(WikipediaObserved page, long textBytes) {
            return taker.test(page);
          }

          @Override
          public void flush() {}
        };
    return new Audit(api, new KnownPages(known), progress(), differences);
  }

  private SweepProgress progress() throws IOException {
    Bookmark bookmark =
        new Bookmark(folder.resolve("audit.json"), new Bookmark.Target("cluster", "topic"));
    return SweepProgress.open(bookmark, folder.resolve("audit.met"));
  }
}
