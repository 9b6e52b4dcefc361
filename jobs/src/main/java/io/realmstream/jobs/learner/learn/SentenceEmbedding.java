package io.realmstream.jobs.learner.learn;

import io.realmstream.jobs.ModelThreads;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.learning.live.LivePassage;
import io.realmstream.model.learning.live.SentenceOutputs;
import io.realmstream.schemas.Hash128;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Embeds sentences on threads of its own. They rest while questions are at work, after each
 * sentence at most four times as long as it took.
 */
final class SentenceEmbedding implements AutoCloseable {
  private static final int YIELD_FACTOR = 4;
  private static final long LOOK_NANOS = 2_000_000;

  private final ModelThreads threads;
  private final int inFlightMax;
  private final Executor mails;
  private final BiConsumer<LivePassage, SentenceOutputs> done;
  private final Set<Hash128> inFlight = new HashSet<>();

  /**
   * What to embed.
   *
   * @param encoder the query tower
   */
  record Order(LivePassage passage, List<String> sentences, Encoder encoder, Hash128 queryTrunk) {}

  /**
   * @param mails runs what it is given later, on the calling thread
   * @param done is given each passage with its sentences, on the calling thread
   */
  SentenceEmbedding(int threads, Executor mails, BiConsumer<LivePassage, SentenceOutputs> done) {
    this.threads = new ModelThreads("embed-sentences", threads);
    this.inFlightMax = 2 * threads;
    this.mails = mails;
    this.done = done;
  }

  /** Whether another passage may be given. */
  boolean hasRoom() {
    return inFlight.size() < inFlightMax;
  }

  boolean isIdle() {
    return inFlight.isEmpty();
  }

  /** Embeds a passage's sentences, unless they are under way. */
  void embed(Order order) {
    if (inFlight.add(order.passage().uid())) {
      var unused =
          CompletableFuture.supplyAsync(() -> outputs(order), threads)
              .whenComplete(
                  (outputs, failure) -> mails.execute(() -> end(order, outputs, failure)));
    }
  }

  /** Waits for what runs. */
  @Override
  public void close() {
    threads.close();
  }

  private void end(Order order, @Nullable SentenceOutputs outputs, @Nullable Throwable failure) {
    if (outputs == null) {
      throw new IllegalStateException("an embedding thread failed", failure);
    }
    inFlight.remove(order.passage().uid());
    done.accept(order.passage(), outputs);
  }

  private static SentenceOutputs outputs(Order order) {
    int count = order.sentences().size();
    float[] all = new float[0];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      float[] output = output(order.sentences().get(i), order.encoder());
      if (output.length > 0) {
        all = all.length == 0 ? new float[count * output.length] : all;
        System.arraycopy(output, 0, all, i * output.length, output.length);
      }
      rest(System.nanoTime() - start);
    }
    // without any output there is nothing to ask
    return new SentenceOutputs(order.queryTrunk(), all.length == 0 ? 0 : count, all);
  }

  /** Empty if the sentence cannot be embedded. */
  private static float[] output(String sentence, Encoder encoder) {
    try {
      return encoder.trunkOfQuery(sentence).pooled();
    } catch (EmbeddingException e) {
      return new float[0];
    }
  }

  private static void rest(long tookNanos) {
    long until = System.nanoTime() + YIELD_FACTOR * tookNanos;
    while (ModelThreads.questionsAreAtWork() && System.nanoTime() < until) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
