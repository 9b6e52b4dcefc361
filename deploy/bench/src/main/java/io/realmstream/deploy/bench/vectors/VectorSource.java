package io.realmstream.deploy.bench.vectors;

/** Passages and queries by number, the same at every call. */
public interface VectorSource {
  int dimension();

  /** How many passages there are. */
  int count();

  float[] passage(int number);

  /** A query of any number from 0 on. */
  float[] query(int number);

  /** What a replaced passage is replaced by. */
  float[] replacement(int number);
}
