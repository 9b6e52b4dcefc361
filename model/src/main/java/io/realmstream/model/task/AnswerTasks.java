package io.realmstream.model.task;

import io.realmstream.model.reader.SpanReader;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the task of each question. The one place where a question's kind is asked. */
public final class AnswerTasks {
  private final Function<ReaderPart, CompletableFuture<SpanReader>> spanReaders;

  /**
   * @param spanReaders gives the reader of spans, once it is open
   */
  public AnswerTasks(Function<ReaderPart, CompletableFuture<SpanReader>> spanReaders) {
    this.spanReaders = spanReaders;
  }

  /** Why questions of a kind are not answered; null = they are. */
  public static @Nullable String refusal(QueryKind kind) {
    return kind == QueryKind.MASKED_LM ? "kind: MASKED_LM is not served yet" : null;
  }

  /**
   * The task of a question, once the reader that it needs is open.
   *
   * @param checkpoint whose readers read
   */
  public CompletableFuture<? extends AnswerTask<?>> of(
      Query query, RetrieverCheckpoint checkpoint) {
    return switch (query.kind()) {
      case RETRIEVE -> CompletableFuture.completedFuture(new RetrieveTask());
      case OPEN_QA ->
          spanReaders.apply(checkpoint.reader()).thenApply(reader -> new OpenQaTask(reader, query));
      case MASKED_LM ->
          CompletableFuture.failedFuture(new IllegalArgumentException(refusal(query.kind())));
    };
  }
}
