package io.realmstream.schemas.query;

/** How the answer is chosen (spec rule B5). */
public enum Decoding {
  /** The string with the largest marginal; of masks, the words of all of them together. */
  MARGINAL,
  /** The string of the single most probable span. */
  MAX_SPAN
}
