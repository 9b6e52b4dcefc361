package io.realmstream.jobs.retriever.query;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.questions.OverloadedException;
import io.realmstream.jobs.questions.QuestionThreads;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.encoder.Embedding;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.index.vector.InnerProduct;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.AnswerStatus;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/**
 * Embeds questions with the query tower of their stamp, and the null document where it competes.
 */
public final class EmbedQueryFunction extends RichAsyncFunction<StampedQuery, EmbeddedQuery> {
  public static final String UID = "embed-query";
  private static final long serialVersionUID = 1L;
  private static final float[] NO_VECTOR = {};

  private final Models models;
  private final int threadCount;
  private final int questionsMax;
  private transient QuestionThreads threads;
  private transient Models.InUse<Encoder> encoders;
  private transient Histogram embedMs;

  /**
   * @param questionsMax that may be embedded or wait at once; more are refused
   */
  @SuppressWarnings("NullAway.Init") // open comes before any record
  public EmbedQueryFunction(Models models, int threadCount, int questionsMax) {
    this.models = models;
    this.threadCount = threadCount;
    this.questionsMax = questionsMax;
  }

  @Override
  public void open(OpenContext context) {
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    threads = new QuestionThreads(UID, threadCount, questionsMax, metrics);
    embedMs = metrics.histogram("embedMs");
    encoders = new Models.InUse<>();
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.close();
      encoders.close();
    }
  }

  @Override
  public void asyncInvoke(StampedQuery stamped, ResultFuture<EmbeddedQuery> result) {
    long leftMs = Math.max(stamped.request().deadlineMs() - System.currentTimeMillis(), 0);
    var unused =
        towers(stamped)
            .orTimeout(leftMs, TimeUnit.MILLISECONDS)
            .thenCompose(towers -> onThreads(stamped, towers))
            .thenApply(embedded -> embedded.get(0))
            .exceptionally(failure -> failed(stamped, failure))
            .thenAccept(embedded -> result.complete(Collections.singleton(embedded)));
  }

  private CompletableFuture<List<EmbeddedQuery>> onThreads(StampedQuery stamped, Towers towers) {
    return threads.ask(stamped.request().deadlineMs(), List.of(() -> embed(stamped, towers)));
  }

  /**
   * What a question is embedded with.
   *
   * @param documents for the null document; null = it does not compete
   */
  private record Towers(Encoder queries, @Nullable Encoder documents) {}

  private CompletableFuture<Towers> towers(StampedQuery stamped) {
    var checkpoint = stamped.checkpoint();
    CompletableFuture<Encoder> queries =
        encoders.get(
            Hash128.parse(stamped.version().queryTower()),
            () -> models.encoder(checkpoint.queryTower()));
    if (!stamped.query().nullDocument()) {
      return queries.thenApply(tower -> new Towers(tower, null));
    }
    CompletableFuture<Encoder> documents =
        encoders.get(
            TowerDigest.of(checkpoint.documentTower()),
            () -> models.encoder(checkpoint.documentTower()));
    return queries.thenCombine(documents, Towers::new);
  }

  private EmbeddedQuery embed(StampedQuery stamped, Towers towers) {
    try {
      long start = System.nanoTime();
      Embedding query = towers.queries().embedQuery(stamped.query().text());
      Double nullScore = null;
      if (towers.documents() != null) {
        float[] empty = towers.documents().embedPassage("", "").vector();
        nullScore = InnerProduct.of(query.vector(), empty);
      }
      long micros = (System.nanoTime() - start) / 1000;
      embedMs.update(micros / 1000);
      return new EmbeddedQuery(
          stamped, query.vector(), nullScore, query.truncated(), micros, null, null);
    } catch (EmbeddingException e) {
      throw new CompletionException(e);
    }
  }

  private EmbeddedQuery failed(StampedQuery stamped, Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof TimeoutException) {
      return without(
          stamped, AnswerStatus.TIMED_OUT, Answers.late(stamped.query(), "before embedding"));
    }
    return cause instanceof OverloadedException
        ? without(stamped, AnswerStatus.OVERLOADED, "embedding: " + cause.getMessage())
        : without(stamped, AnswerStatus.FAILED, "the question cannot be embedded: " + cause);
  }

  private static EmbeddedQuery without(StampedQuery stamped, AnswerStatus status, String reason) {
    return new EmbeddedQuery(stamped, NO_VECTOR, null, false, 0, reason, status);
  }
}
