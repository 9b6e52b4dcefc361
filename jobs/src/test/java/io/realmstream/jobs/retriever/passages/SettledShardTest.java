package io.realmstream.jobs.retriever.passages;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.retriever.vectors.PassageEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Up to which heartbeat a shard says that answers see all that came. */
class SettledShardTest {
  private PassagesHarness passages;

  @SuppressWarnings("NullAway.Init") // set before each test
  SettledShardTest() {}

  @BeforeEach
  void start() throws Exception {
    passages = new PassagesHarness();
  }

  @AfterEach
  void stop() throws Exception {
    passages.close();
  }

  @Test
  void aHeartbeatIsNamedOnceAllInFrontOfItIsCurrent() throws Exception {
    passages.beat(1_000);
    assertThat(passages.settled()).containsExactly(1L);

    passages.publish("doc", 1, false);
    passages.beat(2_000);
    passages.beat(3_000);
    assertThat(passages.settled()).as("the edit is on its way").containsExactly(1L);
    passages.acknowledge("doc", 1);
    assertThat(passages.settled()).containsExactly(1L, 3L);
  }

  @Test
  void nothingIsSaidWhileTheShardIsInDoubt() throws Exception {
    passages.send(PassageEvent.gap(PassagesHarness.SHARD));
    passages.beat(1_000);
    assertThat(passages.settled()).containsOnlyNulls();
    passages.begin(1);
    passages.end(1);
    passages.pass(100);
    passages.beat(2_000);
    assertThat(passages.settled()).endsWith(2L);
  }

  /** As by hand, without a loss: assign takes away at once what was not named. */
  @Test
  void nothingIsSaidUntilWhatWasNotNamedIsGone() throws Exception {
    passages.add("gone", 4);
    passages.begin(1);
    passages.beat(1_000);
    passages.end(1);
    passages.beat(2_000);
    assertThat(passages.freshness()).containsExactly("1000", "2000");
    assertThat(passages.settled()).containsExactly(1L, null);

    passages.pass(100);
    passages.beat(3_000);
    assertThat(passages.settled()).endsWith(3L);
  }

  /** What was heard before may be of edits that the restored state lacks. */
  @Test
  void aRestoreForgetsWhatItHeard() throws Exception {
    passages.publish("doc", 1, false);
    passages.beat(1_000);
    passages.restore();
    passages.acknowledge("doc", 1);
    assertThat(passages.freshness()).containsExactly("1000");
    assertThat(passages.settled()).containsOnlyNulls();
  }
}
