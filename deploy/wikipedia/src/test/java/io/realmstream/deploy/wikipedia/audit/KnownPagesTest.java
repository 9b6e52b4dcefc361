package io.realmstream.deploy.wikipedia.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownPagesTest {
  private final Map<Long, Long> revisions = new HashMap<>();

  @Test
  void lastAcceptedEditOfAPageCounts() {
    take("enwiki:7", edit(70));
    take("enwiki:7", edit(71));
    take("enwiki:8", edit(80));
    take("enwiki:8", null);
    assertThat(revisions).containsOnly(Map.entry(7L, 71L));
  }

  @Test
  void documentsThatAreNoPagesOfTheWikiDoNotCount() {
    take("dewiki:7", edit(70));
    take("notes/enwiki:7", edit(70));
    take("enwiki:x", edit(70));
    take(null, edit(70));
    take("enwiki:9", "{\"id\":\"enwiki:9\"}");
    take("enwiki:9", "no JSON");
    assertThat(revisions).isEmpty();
  }

  @Test
  void whatTheSweepDidNotMeetIsLeft() {
    KnownPages known = new KnownPages(Map.of(7L, 70L, 8L, 80L, 9L, 90L));
    assertThat(known.meets(7, 70)).isTrue();
    assertThat(known.meets(8, 81)).isFalse();
    assertThat(known.meets(8, 82)).isTrue();
    assertThat(known.meets(10, 100)).isFalse();
    assertThat(known.unmet()).containsExactly(9L);
  }

  private static String edit(long revisionId) {
    return "{\"id\":\"x\",\"source\":{\"wiki\":\"enwiki\",\"revisionId\":%d}}"
        .formatted(revisionId);
  }

  private void take(@Nullable String key, @Nullable String value) {
    KnownPages.take(
        key == null ? null : key.getBytes(UTF_8),
        value == null ? null : value.getBytes(UTF_8),
        "enwiki",
        revisions);
  }
}
