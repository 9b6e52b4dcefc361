package io.realmstream.jobs.learner.towers;

import io.realmstream.jobs.ModelThreads;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.learning.live.SentenceOutputs;
import io.realmstream.schemas.Hash128;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Embeds sentences and questions on threads of its own. They rest while questions are at work,
 * after each sentence at most four times as long as it took.
 */
public final class SentenceEmbedding implements AutoCloseable {
  private static final int YIELD_FACTOR = 4;
  private static final long LOOK_NANOS = 2_000_000;

  private final ModelThreads threads;
  private final int inFlightMax;
  private final Executor mails;
  private final Runnable behind;
  private final Set<Hash128> inFlight = new HashSet<>();

  /**
   * What to embed.
   *
   * @param of whose sentences these are
   * @param tower of queries
   * @param done is given what they became, on the calling thread
   */
  public record Order(
      Hash128 of, List<String> sentences, QueryTower tower, Consumer<SentenceOutputs> done) {}

  /**
   * What embeds queries.
   *
   * @param trunk digest of all that comes before its projection
   */
  public record QueryTower(Encoder encoder, Hash128 trunk) {}

  /**
   * @param mails runs what it is given later, on the calling thread
   * @param behind runs when an order is done and there is room for another, on the calling thread
   */
  public SentenceEmbedding(int threads, Executor mails, Runnable behind) {
    this.threads = new ModelThreads("embed-sentences", threads);
    this.inFlightMax = 2 * threads;
    this.mails = mails;
    this.behind = behind;
  }

  /** Whether another order may be given. */
  public boolean hasRoom() {
    return inFlight.size() < inFlightMax;
  }

  public boolean isIdle() {
    return inFlight.isEmpty();
  }

  /** Embeds sentences, unless they are under way. */
  public void embed(Order order) {
    if (inFlight.add(order.of())) {
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
    inFlight.remove(order.of());
    order.done().accept(outputs);
    behind.run();
  }

  private static SentenceOutputs outputs(Order order) {
    int count = order.sentences().size();
    float[] all = new float[0];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      float[] output = output(order.sentences().get(i), order.tower().encoder());
      if (output.length > 0) {
        all = all.length == 0 ? new float[count * output.length] : all;
        System.arraycopy(output, 0, all, i * output.length, output.length);
      }
      rest(System.nanoTime() - start);
    }
    // without any output there is nothing to ask
    return new SentenceOutputs(order.tower().trunk(), all.length == 0 ? 0 : count, all);
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
