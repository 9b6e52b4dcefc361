package io.realmstream.model.task;

import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.masked.MaskedQuestion;
import io.realmstream.model.masked.MaskedReader;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the task of each question. The one place where a question's kind is asked. */
public final class AnswerTasks {
  private static final String NO_MASKED_READER =
      "kind: MASKED_LM needs a reader of masks, and the version that serves has none; `realm model"
          + " install bert-base-mlm` makes one";

  private final Function<ReaderPart, CompletableFuture<SpanReader>> spanReaders;
  private final Function<MaskedReaderPart, CompletableFuture<MaskedReader>> maskedReaders;

  /**
   * @param spanReaders gives the reader of spans, once it is open
   * @param maskedReaders gives the reader of masks, once it is open
   */
  public AnswerTasks(
      Function<ReaderPart, CompletableFuture<SpanReader>> spanReaders,
      Function<MaskedReaderPart, CompletableFuture<MaskedReader>> maskedReaders) {
    this.spanReaders = spanReaders;
    this.maskedReaders = maskedReaders;
  }

  /** Why a question is none of its kind, under any checkpoint; null = it is. */
  public static @Nullable String refusal(Query query) {
    return switch (query.kind()) {
      case RETRIEVE ->
          query.options().references() == null
              ? null
              : "options.references: must be absent, RETRIEVE reads nothing";
      case OPEN_QA ->
          MaskedQuestion.masks(query.text()) == 0
              ? null
              : "text: must not have [MASK], which is for questions of MASKED_LM";
      case MASKED_LM -> MaskedQuestion.refusal(query);
    };
  }

  /** Why questions of a kind are not answered under a checkpoint; null = they are. */
  public static @Nullable String refusal(QueryKind kind, RetrieverCheckpoint checkpoint) {
    boolean lacks = kind == QueryKind.MASKED_LM && checkpoint.maskedReader() == null;
    return lacks ? NO_MASKED_READER : null;
  }

  /** Digest of the reader that a kind of question has under a checkpoint. */
  public static Hash128 reader(QueryKind kind, RetrieverCheckpoint checkpoint) {
    MaskedReaderPart masked = checkpoint.maskedReader();
    return kind == QueryKind.MASKED_LM && masked != null
        ? TowerDigest.of(masked)
        : TowerDigest.of(checkpoint.reader());
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
          spanReaders
              .apply(checkpoint.reader())
              .thenApply(reader -> new OpenQaTask(reader, checkpoint.calibrated(), query));
      case MASKED_LM -> {
        MaskedReaderPart masked = checkpoint.maskedReader();
        yield masked == null
            ? CompletableFuture.failedFuture(new IllegalArgumentException(NO_MASKED_READER))
            : maskedReaders.apply(masked).thenApply(reader -> new MaskedLmTask(reader, query));
      }
    };
  }
}
