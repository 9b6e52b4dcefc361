package io.realmstream.model.serving;

/** A state key that belongs to one index version. */
public interface Versioned {
  int version();
}
