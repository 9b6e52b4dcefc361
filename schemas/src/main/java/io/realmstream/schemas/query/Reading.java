package io.realmstream.schemas.query;

/** How many of its passages a question is answered from. */
public enum Reading {
  /**
   * The best ones, until no other can change the answer. With {@link Normalization#JOINT}, where
   * each passage counts for every other, with several masks and with references, as ALL.
   */
  CERTAIN,
  /** All that it may read. */
  ALL
}
