package io.realmstream.model.learning;

/** A part of the heads that is learned or stays as it is. */
public enum LearnedPart {
  QUERY,
  DOCUMENT,
  SCALE
}
