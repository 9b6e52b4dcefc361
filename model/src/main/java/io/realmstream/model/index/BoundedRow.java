package io.realmstream.model.index;

import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.vector.StoredVector;

/**
 * A vector whose score may be among the best.
 *
 * @param upper its exact score is not above this
 * @param cell where its float32 vector is
 * @param rows the block or delta that it was found in, and its row there
 */
record BoundedRow(double upper, CellStore cell, PackedBlock rows, int row) {
  double score(float[] query) {
    return StoredVector.score(query, cell.vector(rows.vector(row)));
  }

  Hit hit(double score) {
    return new Hit(rows.uid(row), rows.documentShard(row), score);
  }
}
