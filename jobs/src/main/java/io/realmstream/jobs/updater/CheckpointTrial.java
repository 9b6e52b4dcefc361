package io.realmstream.jobs.updater;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.reader.ReadingException;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import org.jspecify.annotations.Nullable;

/** Tries a checkpoint on one sentence before it becomes a version. */
final class CheckpointTrial {
  private static final String TITLE = "Trial";
  private static final String PASSAGE = "Every checkpoint must embed this sentence.";
  private static final String QUESTION = "What must every checkpoint do?";

  private final PartCache parts;

  CheckpointTrial(PartCache parts) {
    this.parts = parts;
  }

  /**
   * Fetches and verifies every part, opens towers and reader, and runs each once. Takes seconds.
   *
   * @return why the checkpoint cannot be used; null = it can
   */
  @Nullable String run(RetrieverCheckpoint checkpoint) {
    try (Encoder documents = Encoder.open(checkpoint.documentTower(), parts);
        Encoder queries = Encoder.open(checkpoint.queryTower(), parts)) {
      documents.embedPassage(TITLE, PASSAGE);
      queries.embedQuery(QUESTION);
      if (documents.dimension() != queries.dimension()) {
        return "the document tower has %d dimensions, the query tower %d"
            .formatted(documents.dimension(), queries.dimension());
      }
    } catch (CheckpointException | EmbeddingException e) {
      return e.getMessage();
    }
    try (SpanReader reader = SpanReader.open(checkpoint.reader(), parts)) {
      reader.read(QUESTION, TITLE, PASSAGE);
    } catch (CheckpointException | ReadingException e) {
      return e.getMessage();
    }
    return null;
  }
}
