package io.realmstream.jobs.retriever.passages;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.retriever.freshness.ShardFreshness;
import io.realmstream.jobs.retriever.freshness.ShardNews;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RepublicationRequest;
import io.realmstream.schemas.vectors.ShardComplete;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lost record, and the republication that makes up for it, as the passages see them. */
class RepublishedPassagesTest {
  private PassagesHarness passages;

  @SuppressWarnings("NullAway.Init") // set before each test
  RepublishedPassagesTest() {}

  @BeforeEach
  void open() throws Exception {
    passages = new PassagesHarness();
  }

  @AfterEach
  void close() {
    passages.close();
  }

  @Test
  void lostRecordMakesTheFreshnessUnknownAndAsksForTheShard() throws Exception {
    passages.beat(1_000);
    passages.send(PassageEvent.gap(PassagesHarness.SHARD));
    passages.beat(2_000);

    assertThat(passages.freshness()).containsExactly("1000", "unknown");
    RepublicationRequest request = passages.requests().get(0);
    assertThat(request.shard()).isEqualTo(PassagesHarness.SHARD);
    assertThat(request.shards()).isEqualTo(16);
  }

  @Test
  void updaterIsAskedAgainWithGrowingPausesUntilItBegins() throws Exception {
    passages.send(PassageEvent.gap(PassagesHarness.SHARD));
    passages.time(4_999);
    assertThat(passages.requests()).hasSize(1);
    passages.time(5_000);
    assertThat(passages.requests()).hasSize(2);
    passages.time(14_999);
    assertThat(passages.requests()).hasSize(2);
    passages.time(15_000);
    assertThat(passages.requests()).hasSize(3);

    passages.begin(1);
    passages.time(600_000);
    assertThat(passages.requests()).hasSize(3);
  }

  @Test
  void wholeRepublicationEndsTheDoubt() throws Exception {
    passages.add("kept", 1);
    passages.send(PassageEvent.gap(PassagesHarness.SHARD));
    passages.begin(1);
    passages.again("kept", 1);
    passages.again("lost", 7);
    passages.end(1);
    passages.beat(3_000);
    assertThat(passages.freshness())
        .as("the lost one is not in the cells yet")
        .containsExactly("unknown");

    passages.acknowledge("lost", 7);
    passages.pass(100);
    passages.beat(4_000);
    assertThat(passages.freshness()).containsExactly("unknown", "3000", "4000");
    assertThat(passages.found("kept", "lost")).containsExactly("kept 1", "lost 7");
    assertThat(passages.statuses()).containsExactly("kept 1 ADDED", "lost 7 ADDED");
  }

  @Test
  void whatARepublicationDoesNotNameIsGone() throws Exception {
    passages.add("kept", 1);
    passages.add("gone", 4);
    passages.publish("staged", 2, false);
    passages.send(PassageEvent.gap(PassagesHarness.SHARD));
    passages.begin(1);
    passages.again("kept", 1);
    passages.end(1);
    passages.add("later", 9);
    passages.pass(100);

    assertThat(passages.found("kept", "gone", "later")).containsExactly("kept 1", "later 9");
    assertThat(passages.statuses()).contains("gone 4 DELETED");
    passages.beat(5_000);
    assertThat(passages.freshness()).containsExactly("unknown", "5000");
  }

  @Test
  void deletionOfARepublicationTakesItsDocumentAway() throws Exception {
    passages.add("gone", 4);
    passages.send(PassageEvent.gap(PassagesHarness.SHARD));
    passages.begin(1);
    passages.send(PassageEvent.of(PassagesHarness.record("gone", 5, Outcome.DELETED), true));
    passages.end(1);
    passages.pass(100);

    assertThat(passages.found("gone")).isEmpty();
    assertThat(passages.statuses()).endsWith("gone 5 DELETED");
  }

  @Test
  void republicationOfWhichSomethingWasLostTakesNothingAway() throws Exception {
    passages.add("kept", 1);
    passages.send(PassageEvent.gap(PassagesHarness.SHARD));
    passages.begin(1);
    passages.send(PassageEvent.gap(PassagesHarness.SHARD));
    passages.end(1);
    passages.pass(100);
    passages.beat(5_000);
    assertThat(passages.found("kept")).containsExactly("kept 1");
    assertThat(passages.freshness()).containsExactly("unknown");

    passages.begin(2);
    passages.again("kept", 1);
    passages.end(2);
    passages.pass(100);
    passages.beat(6_000);
    assertThat(passages.freshness()).endsWith("6000");
  }

  @Test
  void republicationThatBeginsAnewNamesAnew() throws Exception {
    passages.add("kept", 1);
    passages.add("gone", 1);
    passages.send(PassageEvent.gap(PassagesHarness.SHARD));
    passages.begin(1);
    passages.again("kept", 1);
    passages.again("gone", 1);
    passages.begin(1); // the updater was killed
    passages.again("kept", 1);
    passages.end(1);
    passages.pass(100);

    assertThat(passages.found("kept", "gone")).containsExactly("kept 1");
  }

  /** Parts of a large document that were cut off in front. */
  @Test
  void revisionWhoseTextsWereLostIsNeverStagedAndIsAskedFor() throws Exception {
    passages.add("doc", 1);
    PassageVectors whole = PassagesHarness.record("doc", 2, Outcome.UPDATED);
    passages.send(PassageEvent.of(PassagesHarness.without(whole)));
    assertThat(passages.found("doc")).containsExactly("doc 1");
    assertThat(passages.requests()).hasSize(1);

    passages.begin(1);
    passages.again("doc", 2);
    passages.acknowledge("doc", 2);
    passages.end(1);
    passages.pass(100);
    passages.beat(5_000);
    assertThat(passages.found("doc")).containsExactly("doc 2");
    assertThat(passages.freshness()).endsWith("5000");
  }

  /** The updater knows of it, and no longer has its text. */
  @Test
  void documentThatIsOnlyNamedStays() throws Exception {
    passages.add("doc", 1);
    passages.send(PassageEvent.gap(PassagesHarness.SHARD));
    passages.begin(1);
    passages.send(
        PassageEvent.of(
            PassagesHarness.without(PassagesHarness.record("doc", 1, Outcome.UNCHANGED)), true));
    passages.send(
        PassageEvent.of(
            PassagesHarness.without(PassagesHarness.record("never seen", 1, Outcome.UNCHANGED)),
            true));
    passages.end(1);
    passages.pass(100);
    passages.beat(5_000);

    assertThat(passages.found("doc", "never seen")).containsExactly("doc 1");
    assertThat(passages.freshness()).containsExactly("unknown", "5000");
    assertThat(passages.requests()).hasSize(1);
  }

  @Test
  void versionsAreCompleteAsTheEndSaysAndNotAsWasSaidBefore() throws Exception {
    passages.send(PassageEvent.gap(PassagesHarness.SHARD));
    passages.send(PassageEvent.of(new ShardComplete(2, PassagesHarness.SHARD)));
    assertThat(passages.complete()).isEmpty();

    passages.begin(1);
    passages.again("doc", 1);
    passages.end(1); // version 2 was left out
    assertThat(passages.complete()).isEmpty();
    passages.acknowledge("doc", 1);
    passages.pass(100);
    assertThat(passages.complete()).containsExactly(1);
    passages.send(PassageEvent.of(new ShardComplete(2, PassagesHarness.SHARD)));
    assertThat(passages.complete()).containsExactly(1, 2);
  }

  /** One stream, so that a completion from before a loss is not heard after it. */
  @Test
  void whatWasCompleteIsToldBeforeTheLoss() throws Exception {
    passages.send(PassageEvent.of(new ShardComplete(1, PassagesHarness.SHARD)));
    passages.send(PassageEvent.gap(PassagesHarness.SHARD));
    passages.send(PassageEvent.of(new ShardComplete(2, PassagesHarness.SHARD)));

    assertThat(passages.side(PassagesFunction.NEWS))
        .containsExactly(
            ShardNews.of(new ShardComplete(1, PassagesHarness.SHARD)),
            ShardNews.of(ShardFreshness.unknown(PassagesHarness.SHARD)));
  }

  /** A version that never settles, because a vector was refused, holds up no other. */
  @Test
  void versionsSettleEachByItself() throws Exception {
    passages.publish("stuck", 1, false);
    passages.send(PassageEvent.of(new ShardComplete(1, PassagesHarness.SHARD)));
    passages.send(PassageEvent.of(new ShardComplete(2, PassagesHarness.SHARD)));
    assertThat(passages.complete()).containsExactly(2);

    passages.acknowledge("stuck", 1);
    assertThat(passages.complete()).containsExactly(2, 1);
  }

  @Test
  void doubtAndRoundSurviveARestore() throws Exception {
    passages.add("kept", 1);
    passages.add("gone", 1);
    passages.send(PassageEvent.gap(PassagesHarness.SHARD));
    passages.begin(1);
    passages.again("kept", 1);
    passages.restore();
    passages.beat(2_000);
    assertThat(passages.freshness()).isEmpty();

    passages.end(1);
    passages.restore();
    passages.pass(100);
    passages.beat(9_000);
    assertThat(passages.found("kept", "gone")).containsExactly("kept 1");
    assertThat(passages.freshness()).containsExactly("2000", "9000");
  }
}
