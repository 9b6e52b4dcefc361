package io.realmstream.model.index.topk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.Hash128;
import java.util.List;
import org.junit.jupiter.api.Test;

class HitsTest {
  @Test
  void theBestOfAllListsComeFirstAndTiesBySmallerUid() {
    List<Hit> merged =
        Hits.merge(List.of(List.of(hit(9, 3), hit(1, 1)), List.of(), List.of(hit(-1, 3))), 2);

    assertThat(merged).containsExactly(hit(9, 3), hit(-1, 3));
  }

  @Test
  void fewerThanKAreAllThereIs() {
    assertThat(Hits.merge(List.of(List.of(hit(1, 1))), 5)).containsExactly(hit(1, 1));
    assertThat(Hits.merge(List.of(), 5)).isEmpty();
  }

  @Test
  void theOrderOfTheListsDoesNotMatter() {
    List<Hit> one = List.of(hit(1, 2), hit(2, 1));
    List<Hit> other = List.of(hit(3, 2), hit(4, 1));

    assertThat(Hits.merge(List.of(one, other), 3)).isEqualTo(Hits.merge(List.of(other, one), 3));
  }

  @Test
  void kBelowOneIsRefused() {
    assertThatThrownBy(() -> Hits.merge(List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k must be at least 1, not 0");
  }

  /** A uid of -1 is the largest one: uids are unsigned. */
  private static Hit hit(long uid, double score) {
    return new Hit(new Hash128(uid, 0), 0, score);
  }
}
