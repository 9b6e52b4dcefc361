package io.realmstream.jobs.learner.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.learner.towers.SentenceEmbedding;
import io.realmstream.jobs.learner.trunks.FeedbackNews;
import io.realmstream.jobs.learner.trunks.TopicPlace;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.jobs.state.KeyedStateHarness;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.learning.gate.HeldOut;
import io.realmstream.model.learning.live.LivePassage;
import io.realmstream.model.learning.live.SentenceOutputs;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.learning.Feedback;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedbackQuestionsTest {
  private static final Hash128 TRUNK = new Hash128(1, 1);
  private static final int SHARD = 3;
  private static final String HELD_OUT = named(true);
  private static final String TEACHES = named(false);

  @SuppressWarnings("NullAway.Init") // set before each test
  private KeyedStateHarness harness;

  @SuppressWarnings("NullAway.Init") // set before each test
  private FeedbackQuestions questions;

  @BeforeEach
  void open() throws Exception {
    harness = new KeyedStateHarness();
    questions = opened();
  }

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void feedbackOnHeldOutDocumentsIsEmbeddedOnceAndStaysSo() throws Exception {
    take("a", HELD_OUT);
    take("b", TEACHES);
    questions.list(List.of(passage(HELD_OUT), passage(TEACHES)), TRUNK);
    assertThat(questions.isWaiting()).isTrue();
    try (Encoder encoder =
        Encoder.open(
            DefaultCheckpoints.minilm().queryTower(),
            new PartCache(
                Path.of("target", "models"), PartOpener.local(getClass().getClassLoader())))) {
      SentenceEmbedding.QueryTower tower = new SentenceEmbedding.QueryTower(encoder, TRUNK);
      SentenceEmbedding.Order order = Objects.requireNonNull(questions.next(tower));
      assertThat(order.sentences()).containsExactly("What is a?");
      assertThat(questions.next(tower)).isNull();
      harness.shard(0); // another one's turn meanwhile
      order.done().accept(new SentenceOutputs(TRUNK, 1, new float[] {1, 2}));
    }
    assertThat(questions.asked(TRUNK)).hasSize(1);
    harness.restore();
    questions = opened();
    assertThat(questions.asked(TRUNK)).hasSize(1);
    questions.list(List.of(passage(HELD_OUT)), TRUNK);
    assertThat(questions.isWaiting()).isFalse();
  }

  @Test
  void whatIsWithdrawnLeavesNoState() throws Exception {
    take("a", HELD_OUT);
    take("a", null);
    assertThat(questions.live().size()).isZero();
    assertThat(harness.entries()).isZero();
  }

  private FeedbackQuestions opened() {
    FeedbackQuestions opened = new FeedbackQuestions(harness.context(), harness::shard, 10);
    opened.load(KeyedStateHarness.SHARDS.count());
    return opened;
  }

  /** Withdrawn if there is no document. */
  private void take(String id, @Nullable String document) {
    Feedback feedback =
        document == null
            ? null
            : new Feedback(id, "What is " + id + "?", List.of(), List.of(document));
    harness.shard(SHARD);
    questions.take(TrunkEvent.of(new FeedbackNews(id, feedback), SHARD, new TopicPlace(0, 0, 0)));
  }

  private static LivePassage passage(String document) {
    return new LivePassage(
        Hash128.ofTexts(document), SHARD, document, document, new float[] {1}, null);
  }

  private static String named(boolean isHeldOut) {
    String name = "d";
    while (HeldOut.contains(name) != isHeldOut) {
      name += "d";
    }
    return name;
  }
}
