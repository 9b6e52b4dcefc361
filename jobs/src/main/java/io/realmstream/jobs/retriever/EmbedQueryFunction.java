package io.realmstream.jobs.retriever;

import io.realmstream.jobs.ModelThreads;
import io.realmstream.jobs.Models;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.encoder.Embedding;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.index.InnerProduct;
import io.realmstream.schemas.Hash128;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/**
 * Embeds questions with the query tower of their stamp, and the null document where it competes.
 */
public final class EmbedQueryFunction extends RichAsyncFunction<StampedQuery, EmbeddedQuery> {
  static final String UID = "embed-query";
  private static final long serialVersionUID = 1L;
  private static final float[] NO_VECTOR = {};

  private final Models models;
  private final int threadCount;
  private transient ModelThreads threads;
  private transient Models.InUse<Encoder> encoders;
  private transient Histogram embedMs;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public EmbedQueryFunction(Models models, int threadCount) {
    this.models = models;
    this.threadCount = threadCount;
  }

  @Override
  public void open(OpenContext context) {
    threads = ModelThreads.forQuestions(UID, threadCount);
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    metrics.gauge("queueLength", threads::waiting);
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
    var checkpoint = stamped.checkpoint();
    CompletableFuture<Encoder> queryTower =
        encoders.get(
            Hash128.parse(stamped.version().queryTower()),
            () -> models.encoder(checkpoint.queryTower()));
    CompletableFuture<@Nullable Encoder> documentTower =
        stamped.query().options().nullDocument()
            ? encoders
                .get(
                    TowerDigest.of(checkpoint.documentTower()),
                    () -> models.encoder(checkpoint.documentTower()))
                .thenApply(encoder -> encoder)
            : CompletableFuture.completedFuture(null);
    var unused =
        queryTower
            .thenCombineAsync(
                documentTower, (query, document) -> embed(stamped, query, document), threads)
            .exceptionally(failure -> failed(stamped, failure))
            .thenAccept(embedded -> complete(embedded, result));
  }

  private void complete(EmbeddedQuery embedded, ResultFuture<EmbeddedQuery> result) {
    embedMs.update(embedded.embedMicros() / 1000);
    result.complete(Collections.singleton(embedded));
  }

  private static EmbeddedQuery embed(
      StampedQuery stamped, Encoder queryTower, @Nullable Encoder documentTower) {
    try {
      long start = System.nanoTime();
      Embedding query = queryTower.embedQuery(stamped.query().text());
      Double nullScore = null;
      if (documentTower != null) {
        float[] empty = documentTower.embedPassage("", "").vector();
        nullScore = InnerProduct.of(query.vector(), empty);
      }
      long micros = (System.nanoTime() - start) / 1000;
      return new EmbeddedQuery(stamped, query.vector(), nullScore, query.truncated(), micros, null);
    } catch (EmbeddingException e) {
      throw new CompletionException(e);
    }
  }

  private static EmbeddedQuery failed(StampedQuery stamped, Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return new EmbeddedQuery(
        stamped, NO_VECTOR, null, false, 0, "the question cannot be embedded: " + cause);
  }
}
