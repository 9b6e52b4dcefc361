package io.realmstream.deploy.bench.faults;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Scores of documents from scratch: each text is embedded by itself in this process, and multiplied
 * with the question in a plain loop. A vector is kept, since equal texts have equal vectors.
 */
final class PlainScores implements AutoCloseable {
  private final double scale;
  private final Encoder queries;
  private final Encoder documents;
  private final Map<String, float[]> questionVectors = new HashMap<>();
  private final Map<DocumentEdit, float[]> passageVectors = new HashMap<>();

  /**
   * @param models folder for the files that it opens
   */
  PlainScores(RetrieverCheckpoint checkpoint, Path models) {
    scale = checkpoint.scoreScale();
    PartCache parts = new PartCache(models, PartOpener.local(PlainScores.class.getClassLoader()));
    try {
      queries = Encoder.open(checkpoint.queryTower(), parts);
      documents = Encoder.open(checkpoint.documentTower(), parts);
    } catch (CheckpointException e) {
      throw CommandFailure.failed("an encoder cannot be opened: " + e.getMessage());
    }
  }

  /** f(x,z) of a question and a document that is one passage. */
  double score(String question, DocumentEdit document) {
    float[] q = questionVectors.computeIfAbsent(question, this::embed);
    float[] e = passageVectors.computeIfAbsent(document, this::embed);
    double sum = 0;
    for (int i = 0; i < q.length; i++) {
      sum += (double) q[i] * e[i];
    }
    return scale * sum;
  }

  private float[] embed(String question) {
    try {
      return queries.embedQuery(question).vector();
    } catch (EmbeddingException e) {
      throw new IllegalStateException(question, e);
    }
  }

  private float[] embed(DocumentEdit document) {
    try {
      return documents.embedPassage(document.title(), document.text()).vector();
    } catch (EmbeddingException e) {
      throw new IllegalStateException(document.id(), e);
    }
  }

  @Override
  public void close() {
    queries.close();
    documents.close();
  }
}
