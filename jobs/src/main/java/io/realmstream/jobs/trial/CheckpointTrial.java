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
   * @param mayPass whether it may be otherwise a moment later: a part could not be read
   */
  record Refusal(String reason, boolean mayPass) {}

  private final PartCache parts;

  CheckpointTrial(PartCache parts) {
    this.parts = parts;
  }

  /**
   * Fetches and verifies every part, opens towers and reader, and runs each once. Takes seconds.
   *
   * @return why the checkpoint cannot be used; null = it can
   */
  @Nullable Refusal run(RetrieverCheckpoint checkpoint) {
    try (Encoder documents = Encoder.open(checkpoint.documentTower(), parts);
        Encoder queries = Encoder.open(checkpoint.queryTower(), parts)) {
      documents.embedPassage(TITLE, PASSAGE);
      queries.embedQuery(QUESTION);
      if (documents.dimension() != queries.dimension()) {
        return new Refusal(
            "the document tower has %d dimensions, the query tower %d"
                .formatted(documents.dimension(), queries.dimension()),
            false);
      }
    } catch (CheckpointException e) {
      return refusal(e);
    } catch (EmbeddingException e) {
      return new Refusal(String.valueOf(e.getMessage()), false);
    }
    try (SpanReader reader = SpanReader.open(checkpoint.reader(), parts)) {
      reader.read(QUESTION, TITLE, PASSAGE);
    } catch (CheckpointException e) {
      return refusal(e);
    } catch (ReadingException e) {
      return new Refusal(String.valueOf(e.getMessage()), false);
    }
    MaskedReaderPart masked = checkpoint.maskedReader();
    return masked == null ? null : run(masked);
  }

  private @Nullable Refusal run(MaskedReaderPart masked) {
    try (MaskedReader reader = MaskedReader.open(masked, parts)) {
      reader.read(reader.question(MASKED), TITLE, PASSAGE);
      return null;
    } catch (CheckpointException e) {
      return refusal(e);
    } catch (ReadingException | InvalidQuestionException e) {
      return new Refusal(String.valueOf(e.getMessage()), false);
    }
  }

  private static Refusal refusal(CheckpointException e) {
    return new Refusal(String.valueOf(e.getMessage()), e.mayPass());
  }
}
