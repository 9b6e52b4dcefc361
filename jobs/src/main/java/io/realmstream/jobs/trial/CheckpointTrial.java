package io.realmstream.jobs.trial;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.masked.InvalidQuestionException;
import io.realmstream.model.masked.MaskedQuestion;
import io.realmstream.model.masked.MaskedReader;
import io.realmstream.model.reader.ReadingException;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import org.jspecify.annotations.Nullable;

/** Tries a checkpoint on one sentence before it becomes a version. */
final class CheckpointTrial {
  private static final String TITLE = "Trial";
  private static final String PASSAGE = "Every checkpoint must embed this sentence.";
  private static final String MASKED =
      "Every checkpoint must embed this " + MaskedQuestion.MASK + ".";
  private static final String QUESTION = "What must every checkpoint do?";

  /**
   * Why a checkpoint cannot be used.
   *
   * @param mayPass whether it may be otherwise a moment later: a part could not be read, or there
   *     was no memory left
   */
  record Refusal(String reason, boolean mayPass) {}

  private final PartCache parts;

  CheckpointTrial(PartCache parts) {
    this.parts = parts;
  }

  /**
   * Fetches and verifies every part, opens towers and readers, and runs each once. Takes seconds.
   *
   * @return why the checkpoint cannot be used, whatever was thrown; null = it can
   */
  @Nullable Refusal run(RetrieverCheckpoint checkpoint) {
    try {
      runTowers(checkpoint);
      runReader(checkpoint.reader());
      MaskedReaderPart masked = checkpoint.maskedReader();
      if (masked != null) {
        runReader(masked);
      }
      return null;
    } catch (CheckpointException e) {
      return new Refusal(String.valueOf(e.getMessage()), e.mayPass());
    } catch (EmbeddingException | ReadingException | InvalidQuestionException e) {
      return new Refusal(String.valueOf(e.getMessage()), false);
    } catch (Throwable e) { // a native library may fail with an Error; the candidate would wait
      return new Refusal("the trial broke off: " + e, e instanceof Error);
    }
  }

  private void runTowers(RetrieverCheckpoint checkpoint)
      throws CheckpointException, EmbeddingException {
    try (Encoder documents = Encoder.open(checkpoint.documentTower(), parts);
        Encoder queries = Encoder.open(checkpoint.queryTower(), parts)) {
      documents.embedPassage(TITLE, PASSAGE);
      queries.embedQuery(QUESTION);
      if (documents.dimension() != queries.dimension()) {
        throw new CheckpointException(
            "the document tower has %d dimensions, the query tower %d"
                .formatted(documents.dimension(), queries.dimension()));
      }
    }
  }

  private void runReader(ReaderPart part) throws CheckpointException, ReadingException {
    try (SpanReader reader = SpanReader.open(part, parts)) {
      reader.read(QUESTION, TITLE, PASSAGE);
    }
  }

  private void runReader(MaskedReaderPart part)
      throws CheckpointException, ReadingException, InvalidQuestionException {
    try (MaskedReader reader = MaskedReader.open(part, parts)) {
      reader.read(reader.question(MASKED), TITLE, PASSAGE);
    }
  }
}
