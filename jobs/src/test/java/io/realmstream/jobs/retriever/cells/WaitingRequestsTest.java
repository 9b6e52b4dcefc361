package io.realmstream.jobs.retriever.cells;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.topk.SearchLimit;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingRequestsTest {
  private final WaitingRequests waiting = new WaitingRequests();

  @Test
  void aLoneRequestLeavesWithItsLastProbe() {
    assertThat(waiting.add(probe("a"), 2, 0)).isEmpty();
    assertThat(waiting.isEmpty()).isFalse();
    List<List<Probe>> due = waiting.add(probe("a"), 2, 1);
    assertThat(due).hasSize(1);
    assertThat(due.get(0)).hasSize(2);
    assertThat(waiting.isEmpty()).isTrue();
  }

  @Test
  void behindAnotherOneItWaitsForQuiet() {
    waiting.searched(10);
    assertThat(waiting.add(probe("a"), 1, 11)).isEmpty();
    assertThat(waiting.isDue(11 + WaitingRequests.QUIET_MS - 1)).isFalse();
    assertThat(waiting.isDue(11 + WaitingRequests.QUIET_MS)).isTrue();
    assertThat(names(waiting.takeAll())).containsExactly("a");
    assertThat(waiting.isEmpty()).isTrue();
  }

  @Test
  void whileTheProcessorIsBusyItWaitsNoLongerThanTheLimit() {
    waiting.searched(10);
    waiting.add(probe("a"), 1, 10);
    for (int ms = 11; ms < 10 + WaitingRequests.WAIT_MS_MAX; ms++) {
      waiting.searched(ms);
      assertThat(waiting.isDue(ms)).isFalse();
    }
    waiting.searched(10 + WaitingRequests.WAIT_MS_MAX);
    assertThat(waiting.isDue(10 + WaitingRequests.WAIT_MS_MAX)).isTrue();
  }

  @Test
  void fourWholeOnesLeaveTogetherAndATornOneStays() {
    waiting.searched(10);
    waiting.add(probe("torn"), 2, 10);
    waiting.add(probe("a"), 1, 10);
    waiting.add(probe("b"), 1, 10);
    assertThat(waiting.add(probe("c"), 1, 10)).isEmpty();
    assertThat(names(waiting.add(probe("d"), 1, 10))).containsExactly("a", "b", "c", "d");
    assertThat(names(waiting.takeAll())).containsExactly("torn");
  }

  private static List<String> names(List<List<Probe>> requests) {
    return requests.stream().map(probes -> probes.get(0).request()).toList();
  }

  private static Probe probe(String request) {
    return new Probe(
        request,
        1_000,
        new PartitionId(1, 0),
        0,
        new int[] {0},
        new int[] {0},
        new Sought(SearchLimit.first(1), new float[1]));
  }
}
