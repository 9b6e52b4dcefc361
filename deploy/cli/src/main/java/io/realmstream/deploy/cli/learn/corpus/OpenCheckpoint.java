package io.realmstream.deploy.cli.learn.corpus;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.learning.gate.ExactIndex;
import io.realmstream.model.learning.gate.ScoreScaleFit;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.util.Arrays;
import java.util.List;

/** A checkpoint at work: trunk outputs become vectors by its own towers, as in the jobs. */
public final class OpenCheckpoint implements AutoCloseable {
  /** Passages beside the accepted one that compete for p(z|x) when the scale is fitted. */
  private static final int COMPETITORS = 19;

  private final Encoder documents;
  private final Encoder queries;
  private final ExactIndex index;
  private final int[] documentNumbers;

  /**
   * @param data trunk outputs of that checkpoint
   */
  public OpenCheckpoint(CorpusOptions options, RetrieverCheckpoint checkpoint, LearningData data) {
    documents = options.open(checkpoint.documentTower());
    queries = options.open(checkpoint.queryTower());
    documentNumbers = data.documents();
    index =
        new ExactIndex(
            data.passages().parallelStream().map(each -> vector(documents, each)).toList(),
            documentNumbers);
  }

  /** Ranks of questions whose trunk outputs are those of this checkpoint. */
  public int[] ranks(JudgedFile file) {
    return ranks(file, this);
  }

  /** The same on the index of another checkpoint, as if this one's had not been built. */
  public int[] ranks(JudgedFile file, OpenCheckpoint indexed) {
    return file.ranks(trunk -> vector(queries, trunk), indexed.index);
  }

  /** The score scale that fits these questions best. */
  public double scoreScale(List<JudgedFile> files) {
    ScoreScaleFit fit = new ScoreScaleFit();
    for (JudgedFile file : files) {
      for (int i = 0; i < file.trunks().size(); i++) {
        add(index.products(vector(queries, file.trunks().get(i))), file.accepted().get(i), fit);
      }
    }
    return fit.fit();
  }

  private void add(double[] products, int[] accepted, ScoreScaleFit to) {
    double gold = Double.NEGATIVE_INFINITY;
    double[] others = new double[products.length];
    for (int i = 0; i < products.length; i++) {
      int document = documentNumbers[i];
      boolean isGold = Arrays.stream(accepted).anyMatch(each -> each == document);
      gold = isGold ? Math.max(gold, products[i]) : gold;
      others[i] = isGold ? Double.NEGATIVE_INFINITY : products[i];
    }
    Arrays.sort(others);
    to.add(
        gold, Arrays.copyOfRange(others, Math.max(0, others.length - COMPETITORS), others.length));
  }

  private static double[] vector(Encoder encoder, float[] trunk) {
    try {
      float[] vector = encoder.project(new TrunkOutput(trunk, false, 0)).vector();
      double[] wide = new double[vector.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = vector[i];
      }
      return wide;
    } catch (EmbeddingException e) {
      throw CommandFailure.failed("a passage cannot be projected: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    documents.close();
    queries.close();
  }
}
