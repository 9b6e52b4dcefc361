package io.realmstream.deploy.wikipedia.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.json.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PositionTest {
  private static final Instant T = Instant.parse("2026-04-01T00:00:00Z");

  @Test
  void positionComesBackFromItsJson() throws Exception {
    Position full = new Position("[{}]", T, Map.of("a/0", new Position.Last(7, T.plusSeconds(1))));
    for (Position position : new Position[] {full, Position.since(T), Position.since(null)}) {
      assertThat(Position.of(Json.MAPPER.readTree(Json.line(position)))).isEqualTo(position);
    }
  }

  @Test
  void whatIsNoPositionIsRefused() {
    assertThatThrownBy(() -> Position.of(Json.MAPPER.readTree("{\"time\":\"x\"}")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eventThatSaysNoIdOrTimeKeepsTheLast() {
    Position first = Position.since(null).behind(sent("1"), glance(T, 5L));
    assertThat(first).isEqualTo(new Position("1", T, Map.of("a/0", new Position.Last(5, T))));
    Instant earlier = T.minusSeconds(3);
    assertThat(first.behind(sent(null), glance(earlier, 6L)))
        .isEqualTo(new Position("1", earlier, Map.of("a/0", new Position.Last(6, earlier))));
    assertThat(first.behind(sent("2"), glance(null, null)))
        .isEqualTo(new Position("2", T, first.partitions()));
  }

  @Test
  void eventOfALaterYearMovesThePositionOnlyUntilTheNext() {
    Instant later = Instant.parse("2099-01-01T00:00:00Z");
    Position position =
        Position.since(T).behind(sent("1"), glance(later, 5L)).behind(sent("2"), glance(T, 6L));
    assertThat(position.time()).isEqualTo(T);
  }

  private static SentEvent sent(@Nullable String id) {
    return new SentEvent(id, new byte[0], false);
  }

  private static Glance glance(@Nullable Instant time, @Nullable Long offset) {
    Glance.Place place = offset == null ? null : new Glance.Place("a/0", offset);
    return new Glance("enwiki", 1L, 0, null, time, false, place);
  }
}
