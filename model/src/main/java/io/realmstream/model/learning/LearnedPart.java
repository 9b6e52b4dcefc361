package io.realmstream.model.learning;

/** A part of the heads, which is either learned or frozen. */
public enum LearnedPart {
  QUERY,
  DOCUMENT,
  SCALE
}
