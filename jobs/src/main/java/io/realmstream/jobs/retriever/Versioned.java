package io.realmstream.jobs.retriever;

/** A state key that belongs to one index version. */
interface Versioned {
  int version();
}
