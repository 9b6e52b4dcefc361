package io.realmstream.model.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.model.reader.TinyReaderPart;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.TitleForm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerTasksTest {
  private static final RetrieverCheckpoint CHECKPOINT = DefaultCheckpoints.minilm();

  private final List<ReaderPart> opened = new ArrayList<>();
  private final CompletableFuture<SpanReader> reader = new CompletableFuture<>();
  private final AnswerTasks tasks =
      new AnswerTasks(
          part -> {
            opened.add(part);
            return reader;
          });

  @Test
  void retrievingNeedsNoReader() {
    assertThat(task(QueryKind.RETRIEVE))
        .isCompletedWithValueMatching(RetrieveTask.class::isInstance);
    assertThat(opened).isEmpty();
  }

  @Test
  void openQuestionWaitsForTheReaderOfItsCheckpoint(@TempDir Path directory) throws Exception {
    var task = task(QueryKind.OPEN_QA);
    assertThat(task).isNotDone();
    assertThat(opened).containsExactly(CHECKPOINT.reader());

    ReaderPart part = TinyReaderPart.write(directory, TitleForm.SEGMENT, false);
    try (SpanReader open = SpanReader.open(part, TestParts.cache(directory.resolve("cache")))) {
      reader.complete(open);
      assertThat(task).isCompletedWithValueMatching(OpenQaTask.class::isInstance);
    }
  }

  @Test
  void readerThatDoesNotOpenFailsItsQuestions() {
    reader.completeExceptionally(new IllegalStateException("no file"));

    assertThat(task(QueryKind.OPEN_QA))
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining("no file");
  }

  @Test
  void maskedQuestionIsRefusedWithAReason() {
    assertThat(AnswerTasks.refusal(QueryKind.MASKED_LM))
        .isEqualTo("kind: MASKED_LM is not served yet");
    assertThat(task(QueryKind.MASKED_LM)).isCompletedExceptionally();
    assertThat(AnswerTasks.refusal(QueryKind.RETRIEVE)).isNull();
    assertThat(AnswerTasks.refusal(QueryKind.OPEN_QA)).isNull();
  }

  private CompletableFuture<? extends AnswerTask<?>> task(QueryKind kind) {
    return tasks.of(
        new Query("q", "a", kind, QueryScope.DEFAULT, null, QueryOptions.DEFAULT), CHECKPOINT);
  }
}
