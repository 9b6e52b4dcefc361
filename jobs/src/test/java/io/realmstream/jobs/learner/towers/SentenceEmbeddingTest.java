package io.realmstream.jobs.learner.towers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.jobs.ModelThreads;
import io.realmstream.jobs.Models;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.learning.live.SentenceOutputs;
import io.realmstream.schemas.Hash128;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class SentenceEmbeddingTest {
  private static final Hash128 QUERY_TRUNK = new Hash128(1, 1);
  private static final List<String> SENTENCES =
      List.of("An octopus has three hearts.", "A game of chess begins with 32 pieces.");

  private final BlockingQueue<Runnable> mails = new LinkedBlockingQueue<>();
  private final Map<Hash128, SentenceOutputs> done = new ConcurrentHashMap<>();

  @Test
  void outputsAreThoseOfTheQueryTower() throws Exception {
    try (Encoder encoder = encoder();
        SentenceEmbedding embedding = embedding()) {
      embedding.embed(order(1, SENTENCES, encoder));
      assertThat(embedding.isIdle()).isFalse();
      mails.take().run();

      SentenceOutputs outputs = Objects.requireNonNull(done.get(new Hash128(0, 1)));
      assertThat(outputs.queryTrunk()).isEqualTo(QUERY_TRUNK);
      assertThat(outputs.count()).isEqualTo(2);
      for (int i = 0; i < 2; i++) {
        assertThat(outputs.output(i)).isEqualTo(encoder.trunkOfQuery(SENTENCES.get(i)).pooled());
      }
      assertThat(embedding.isIdle()).isTrue();
    }
  }

  @Test
  void aPassageWithoutSentencesIsDone() throws Exception {
    try (Encoder encoder = encoder();
        SentenceEmbedding embedding = embedding()) {
      embedding.embed(order(1, List.of(), encoder));
      mails.take().run();
      assertThat(Objects.requireNonNull(done.get(new Hash128(0, 1))).count()).isZero();
    }
  }

  @Test
  void aPassageThatIsUnderWayIsNotEmbeddedTwiceAndRoomIsBounded() throws Exception {
    try (Encoder encoder = encoder();
        SentenceEmbedding embedding = embedding()) {
      embedding.embed(order(1, SENTENCES, encoder));
      embedding.embed(order(1, SENTENCES, encoder));
      assertThat(embedding.hasRoom()).isTrue();
      embedding.embed(order(2, SENTENCES, encoder));
      assertThat(embedding.hasRoom()).isFalse();
      mails.take().run();
      mails.take().run();
      assertThat(done).hasSize(2);
      assertThat(embedding.hasRoom()).isTrue();
    }
  }

  /** It slows down, and never stops. */
  @Test
  void itGoesOnWhileQuestionsAreAtWork() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    try (ModelThreads questions = ModelThreads.forQuestions("question", 1);
        Encoder encoder = encoder();
        SentenceEmbedding embedding = embedding()) {
      questions.execute(
          () -> {
            try {
              answered.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      embedding.embed(order(1, SENTENCES, encoder));
      await().atMost(Duration.ofMinutes(1)).until(() -> !mails.isEmpty());
      answered.countDown();
    }
  }

  private SentenceEmbedding embedding() {
    return new SentenceEmbedding(1, mails::add, () -> {});
  }

  private static Encoder encoder() throws Exception {
    Models models = new Models(Path.of("target", "models").toString());
    return Encoder.open(DefaultCheckpoints.minilm().queryTower(), models.parts());
  }

  private SentenceEmbedding.Order order(long number, List<String> sentences, Encoder encoder) {
    Hash128 of = new Hash128(0, number);
    return new SentenceEmbedding.Order(
        of,
        sentences,
        new SentenceEmbedding.QueryTower(encoder, QUERY_TRUNK),
        outputs -> done.put(of, outputs));
  }
}
