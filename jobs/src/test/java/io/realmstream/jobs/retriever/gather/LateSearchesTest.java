package io.realmstream.jobs.retriever.gather;

import static io.realmstream.jobs.retriever.gather.GatherHarness.DEADLINE_MS;
import static io.realmstream.jobs.retriever.gather.GatherHarness.HITS_MAX;
import static io.realmstream.jobs.retriever.gather.GatherHarness.KNOWN;
import static io.realmstream.jobs.retriever.gather.GatherHarness.hits;
import static io.realmstream.jobs.retriever.gather.GatherHarness.query;
import static io.realmstream.jobs.retriever.gather.GatherHarness.read;
import static io.realmstream.jobs.retriever.gather.GatherHarness.standing;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.topk.SearchLimit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a question that took so long that documents may have changed under it. */
class LateSearchesTest {
  private static final SearchLimit FIRST = SearchLimit.first(2);

  private GatherHarness harness;

  @SuppressWarnings("NullAway.Init") // set before each test
  LateSearchesTest() {}

  @BeforeEach
  void start() throws Exception {
    harness = new GatherHarness(HITS_MAX);
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void aSearchThatTookTooLongIsMadeAgainOnce() throws Exception {
    harness.setProcessingTime(KNOWN.toMillis());
    harness.gather(harness.candidates(query(2), hits(12), FIRST, false), standing(12));
    assertThat(harness.answer().exact()).isTrue();

    harness.setProcessingTime(KNOWN.toMillis() + 1);
    harness.gather(harness.candidates(query(2), hits(12), FIRST, false), standing(12));
    assertThat(harness.answers()).isEmpty();
    SearchLimit next = read(harness.again().get(0), HITS_MAX).limit();

    harness.gather(harness.candidates(query(2), hits(12), next, false), standing(12));
    assertThat(harness.answer().exact()).isFalse();
    assertThat(harness.answer().partial()).isFalse();
    assertThat(harness.again()).as("that of the first search").hasSize(1);
  }

  @Test
  void aSearchThatTookTooLongIsNotMadeAgainWithoutTimeOrBound() throws Exception {
    harness.setProcessingTime(DEADLINE_MS / 2 + 1);
    harness.gather(harness.candidates(query(2), hits(12), FIRST, false), standing(12));
    assertThat(harness.answer().exact()).isFalse();

    harness.close();
    harness = new GatherHarness(FIRST.different());
    harness.setProcessingTime(KNOWN.toMillis() + 1);
    harness.gather(harness.candidates(query(2), hits(12), FIRST, false), standing(12));
    assertThat(harness.answer().exact()).isFalse();
    assertThat(harness.again()).isEmpty();
  }
}
