package io.realmstream.deploy.wikipedia.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.wikipedia.ObservedPage;
import io.realmstream.schemas.wikipedia.ObservedRevision;
import io.realmstream.schemas.wikipedia.ObservedState;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AuditTest {
  private static final int PAGES = 100_000;

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
      Audit audit = new Audit(api, new KnownPages(known), page -> found.put(page.pageId(), page));
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
          new Audit(
              server.api(),
              new KnownPages(Map.of(599L, 1L, 700L, 1L)),
              page -> assertThat(page.state()).isEqualTo(ObservedState.PRESENT));
      assertThat(audit.sweep(List.of(0), () -> false)).isFalse();
      assertThat(audit.pages()).isEqualTo(500);
    }
  }
}
