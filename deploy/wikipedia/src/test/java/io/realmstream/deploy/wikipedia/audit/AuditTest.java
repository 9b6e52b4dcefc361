package io.realmstream.deploy.wikipedia.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.wikipedia.ObservedState;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
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

  /** Of each hundred pages one differs: newer, unknown here, gone, or a redirect. */
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
          switch ((int) (page / 100 % 4)) {
            case 0 -> known.put(page, page * 10 - 1);
            case 1 -> known.remove(page);
            case 2 -> server.pages.remove(page);
            default -> redirects.add(page);
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
      // 99,500 pages listed by 500, 500 asked for by 50
      assertThat(api.requests()).isEqualTo(199 + 10);
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
