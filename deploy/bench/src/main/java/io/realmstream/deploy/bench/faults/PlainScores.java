package io.realmstream.deploy.bench.faults;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Scores of documents from scratch: each text is embedded by itself in this process, and multiplied
 * with the question in a plain loop. A vector is kept, since equal texts have equal vectors.
 */
final class PlainScores implements PlainJudge.Scores, AutoCloseable {
  /** Answers may still come from the version before the newest, or from the one before that. */
  private static final int VERSIONS = 3;

  private final PartCache parts;
  private final Map<String, Vectors> versions = new LinkedHashMap<>();

  /** What one checkpoint makes of texts; its towers are the same. */
  private static final class Vectors {
    private final double scale;
    private final Encoder encoder;
    private final Map<String, float[]> questions = new HashMap<>();

    /** By the objects that the history keeps: there are many, and their texts are long. */
    private final IdentityHashMap<DocumentEdit, float[]> passages = new IdentityHashMap<>();

    private Vectors(double scale, Encoder encoder) {
      this.scale = scale;
      this.encoder = encoder;
    }
  }

  /**
   * @param models folder for the files that it opens
   */
  PlainScores(Path models) {
    parts = new PartCache(models, PartOpener.local(PlainScores.class.getClassLoader()));
  }

  /** Scores a version of this checkpoint, too, and no longer one that is old. */
  void add(RetrieverCheckpoint checkpoint) {
    try {
      Encoder encoder = Encoder.open(checkpoint.documentTower(), parts);
      String digest = TowerDigest.of(checkpoint.documentTower()).toString();
      versions.put(digest, new Vectors(checkpoint.scoreScale(), encoder));
    } catch (CheckpointException e) {
      throw CommandFailure.failed("an encoder cannot be opened: " + e.getMessage());
    }
    if (versions.size() > VERSIONS) {
      Iterator<Vectors> oldest = versions.values().iterator();
      oldest.next().encoder.close();
      oldest.remove();
    }
  }

  @Override
  public double score(IndexVersion version, String question, DocumentEdit document) {
    Vectors vectors = versions.get(version.documentTower());
    if (vectors == null) {
      throw new IllegalStateException("an answer of a version that nobody published: " + version);
    }
    float[] q = vectors.questions.get(question);
    if (q == null) {
      q = embedQuestion(vectors.encoder, question);
      vectors.questions.put(question, q);
    }
    float[] e = vectors.passages.get(document);
    if (e == null) {
      e = embedPassage(vectors.encoder, document);
      vectors.passages.put(document, e);
    }
    double sum = 0;
    for (int i = 0; i < q.length; i++) {
      sum += (double) q[i] * e[i];
    }
    return vectors.scale * sum;
  }

  private static float[] embedQuestion(Encoder encoder, String question) {
    try {
      return encoder.embedQuery(question).vector();
    } catch (EmbeddingException e) {
      throw new IllegalStateException(question, e);
    }
  }

  private static float[] embedPassage(Encoder encoder, DocumentEdit document) {
    try {
      return encoder.embedPassage(document.title(), document.text()).vector();
    } catch (EmbeddingException e) {
      throw new IllegalStateException(document.id(), e);
    }
  }

  @Override
  public void close() {
    versions.values().forEach(vectors -> vectors.encoder.close());
  }
}
