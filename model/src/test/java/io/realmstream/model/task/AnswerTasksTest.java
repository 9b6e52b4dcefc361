package io.realmstream.model.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.masked.MaskedReader;
import io.realmstream.model.masked.TinyMaskedPart;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.model.reader.TinyReaderPart;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.TitleForm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerTasksTest {
  private static final RetrieverCheckpoint CHECKPOINT = DefaultCheckpoints.minilm();

  private final List<ReaderPart> opened = new ArrayList<>();
  private final List<MaskedReaderPart> openedMasked = new ArrayList<>();
  private final CompletableFuture<SpanReader> reader = new CompletableFuture<>();
  private final CompletableFuture<MaskedReader> maskedReader = new CompletableFuture<>();
  private final AnswerTasks tasks =
      new AnswerTasks(
          part -> {
            opened.add(part);
            return reader;
          },
          part -> {
            openedMasked.add(part);
            return maskedReader;
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
  void maskedQuestionWaitsForTheReaderOfMasks(@TempDir Path directory) throws Exception {
    MaskedReaderPart part = TinyMaskedPart.write(directory, TitleForm.NONE);
    var task = task(QueryKind.MASKED_LM, CHECKPOINT.with(part));
    assertThat(task).isNotDone();
    assertThat(openedMasked).containsExactly(part);

    try (MaskedReader open = MaskedReader.open(part, TestParts.cache(directory.resolve("cache")))) {
      maskedReader.complete(open);
      assertThat(task).isCompletedWithValueMatching(MaskedLmTask.class::isInstance);
    }
  }

  @Test
  void maskedQuestionHasOneToTenMasks() {
    assertThat(refusal(QueryKind.MASKED_LM, "[MASK]".repeat(10))).isNull();
    assertThat(refusal(QueryKind.MASKED_LM, "no mask"))
        .isEqualTo("text: must have 1 to 10 masks [MASK] (has 0)");
    assertThat(refusal(QueryKind.MASKED_LM, "[MASK] ".repeat(20)))
        .isEqualTo("text: must have 1 to 10 masks [MASK] (has 20)");
  }

  /** 200 vocabularies of logits are held at most: 25 MB of BERT's. */
  @Test
  void maskedQuestionHasFewerPassagesTheMoreMasksItHas() {
    String ten = "[MASK]".repeat(10);

    assertThat(masked("[MASK]", 200)).isNull();
    assertThat(masked("[MASK]", 201)).isEqualTo("k: with masks: 1, must be at most 200 (is 201)");
    assertThat(masked(ten, 20)).isNull();
    assertThat(masked(ten, 21)).isEqualTo("k: with masks: 10, must be at most 20 (is 21)");
  }

  @Test
  void maskedQuestionHasNoLimitOfPassagesToRead() {
    QueryScope some = new QueryScope(null, 2, false, null, null);

    assertThat(AnswerTasks.refusal(query(QueryKind.MASKED_LM, "[MASK]", some)))
        .isEqualTo("readPassages: must be absent for MASKED_LM");
    assertThat(AnswerTasks.refusal(query(QueryKind.OPEN_QA, "Who?", some))).isNull();
  }

  @Test
  void maskIsNoPartOfAnOpenQuestionButMayBeSearchedFor() {
    assertThat(refusal(QueryKind.OPEN_QA, "Who is [MASK]?"))
        .isEqualTo("text: must not have [MASK], which is for questions of MASKED_LM");
    assertThat(refusal(QueryKind.RETRIEVE, "Who is [MASK]?")).isNull();
  }

  @Test
  void referencesAreForQuestionsThatAreRead() {
    QueryOptions options = QueryOptions.DEFAULT.withReferences(List.of("Rome"));
    Query open = new Query("q", "t", QueryKind.OPEN_QA, QueryScope.DEFAULT, null, options);
    Query retrieve = new Query("q", "t", QueryKind.RETRIEVE, QueryScope.DEFAULT, null, options);

    assertThat(AnswerTasks.refusal(open)).isNull();
    assertThat(AnswerTasks.refusal(retrieve))
        .isEqualTo("options.references: must be absent, RETRIEVE reads nothing");
  }

  @Test
  void withoutAReaderOfMasksMaskedQuestionsAloneAreRefused() {
    assertThat(AnswerTasks.refusal(QueryKind.MASKED_LM, CHECKPOINT))
        .contains("kind: MASKED_LM needs a reader of masks", "realm model install bert-base-mlm");
    assertThat(task(QueryKind.MASKED_LM)).isCompletedExceptionally();
    assertThat(AnswerTasks.refusal(QueryKind.RETRIEVE, CHECKPOINT)).isNull();
    assertThat(AnswerTasks.refusal(QueryKind.OPEN_QA, CHECKPOINT)).isNull();
  }

  @Test
  void readerIsTheOneOfTheKind(@TempDir Path directory) throws Exception {
    MaskedReaderPart part = TinyMaskedPart.write(directory, TitleForm.NONE);
    RetrieverCheckpoint both = CHECKPOINT.with(part);

    assertThat(AnswerTasks.refusal(QueryKind.MASKED_LM, both)).isNull();
    assertThat(AnswerTasks.reader(QueryKind.MASKED_LM, both)).isEqualTo(TowerDigest.of(part));
    assertThat(AnswerTasks.reader(QueryKind.OPEN_QA, both))
        .isEqualTo(TowerDigest.of(CHECKPOINT.reader()));
  }

  private CompletableFuture<? extends AnswerTask<?>> task(QueryKind kind) {
    return task(kind, CHECKPOINT);
  }

  private CompletableFuture<? extends AnswerTask<?>> task(
      QueryKind kind, RetrieverCheckpoint checkpoint) {
    String text = kind == QueryKind.MASKED_LM ? "a [MASK]" : "a";
    return tasks.of(query(kind, text, QueryScope.DEFAULT), checkpoint);
  }

  private static Query query(QueryKind kind, String text, QueryScope scope) {
    return new Query("q", text, kind, scope, null, QueryOptions.DEFAULT);
  }

  private static @Nullable String refusal(QueryKind kind, String text) {
    return AnswerTasks.refusal(query(kind, text, QueryScope.DEFAULT));
  }

  private static @Nullable String masked(String text, int k) {
    return AnswerTasks.refusal(query(QueryKind.MASKED_LM, text, QueryScope.ofPassages(k)));
  }
}
