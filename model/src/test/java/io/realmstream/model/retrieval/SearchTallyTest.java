package io.realmstream.model.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SearchTallyTest {
  @Test
  void sumAddsEachCountApart() {
    SearchTally sum =
        SearchTally.sum(List.of(new SearchTally(1, 20, 3), new SearchTally(4, 50, 6)));
    assertThat(sum).isEqualTo(new SearchTally(5, 70, 9));
    assertThat(SearchTally.sum(List.of())).isEqualTo(new SearchTally(0, 0, 0));
  }
}
