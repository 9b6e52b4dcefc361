package io.realmstream.model.learning.live;

/** What makes vectors of length 1 from trunk outputs: learned heads, or the version in force. */
public interface Projection {
  /** The vector of a query trunk's output. */
  double[] query(float[] trunk);

  /** The vector of a document trunk's output. */
  double[] document(float[] trunk);
}
