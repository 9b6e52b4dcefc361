package io.realmstream.jobs.wikipedia.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.wikipedia.fetch.WikiQueue.Attempt;
import io.realmstream.jobs.wikipedia.fetch.WikiQueue.Request;
import io.realmstream.model.wikipedia.site.Wiki;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WikiQueueTest {
  private final HostBudget budget = new HostBudget(60_000, 0);
  private final WikiQueue queue = new WikiQueue(Wiki.of("enwiki", Map.of()), budget);

  private void add(int revision, long readyMs, int companions) {
    WantedText wanted = new WantedText("enwiki", "enwiki:" + revision, revision, revision);
    queue.add(new Attempt(wanted, 0, readyMs, companions, revision));
  }

  private List<Long> next(long nowMs) {
    return Objects.requireNonNull(queue.next(nowMs)).ids();
  }

  @Test
  void nothingLeavesAnEmptyQueue() {
    assertThat(queue.next(1_000)).isNull();
    assertThat(queue.nextMs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aLoneRevisionWaitsForOthers() {
    add(1, 1_000, 50);
    assertThat(queue.next(1_249)).isNull();
    assertThat(queue.nextMs()).isEqualTo(1_250);
    add(2, 1_100, 50);
    add(3, 9_000, 50);
    assertThat(next(1_250)).containsExactly(1L, 2L);
    assertThat(queue.size()).isEqualTo(1);
  }

  @Test
  void fiftyLeaveAtOnceAndTheRestWaits() {
    for (int i = 1; i <= 51; i++) {
      add(i, 1_000, 50);
    }
    assertThat(next(1_000)).hasSize(50).doesNotContain(51L);
    assertThat(queue.next(1_000)).isNull();
  }

  @Test
  void noRequestHasMoreThanEachOfItsRevisionsAllows() {
    add(1, 1_000, 50);
    add(2, 1_000, 2);
    add(3, 1_000, 1);
    assertThat(next(2_000)).containsExactly(1L, 2L);
    assertThat(next(2_000)).containsExactly(3L);
  }

  @Test
  void aContinuationGoesFirst() {
    add(1, 0, 50);
    queue.addContinuation(new Request(List.of(7L), List.of(), Map.of("rvcontinue", "7")));
    assertThat(next(1_000)).containsExactly(7L);
    assertThat(next(1_000)).containsExactly(1L);
  }

  @Test
  void nothingLeavesWhileTwoAreUnderWay() {
    add(1, 0, 50);
    for (int i = 0; i < 2; i++) {
      budget.sent(0);
    }
    assertThat(queue.next(1_000)).isNull();
    assertThat(queue.nextMs()).isEqualTo(Long.MAX_VALUE);
    budget.answered();
    assertThat(next(1_000)).containsExactly(1L);
  }
}
