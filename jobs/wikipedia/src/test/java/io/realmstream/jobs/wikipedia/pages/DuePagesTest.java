package io.realmstream.jobs.wikipedia.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DuePagesTest {
  private final DuePages due = new DuePages();

  @Test
  void pagesComeInTheOrderOfTheirTimes() {
    due.put("a", 20);
    due.put("b", 10);
    assertThat(due.nextMs()).isEqualTo(10);
    assertThat(due.poll(9)).isNull();
    assertThat(due.poll(30)).isEqualTo("b");
    assertThat(due.poll(30)).isEqualTo("a");
    assertThat(due.poll(30)).isNull();
    assertThat(due.nextMs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theLastTimeOfAPageCounts() {
    due.put("a", 10);
    due.put("a", 20);
    assertThat(due.poll(19)).isNull();
    assertThat(due.contains("a")).isTrue();
    assertThat(due.poll(20)).isEqualTo("a");
    assertThat(due.contains("a")).isFalse();
  }

  @Test
  void aPageThatWasTakenOutIsNeverDue() {
    due.put("a", 10);
    due.remove("a");
    assertThat(due.poll(100)).isNull();
  }
}
