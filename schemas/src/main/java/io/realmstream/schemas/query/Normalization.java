package io.realmstream.schemas.query;

/** Over what span scores are normalized (spec rules B1, B2). */
public enum Normalization {
  /** Spans of one passage (the REALM paper). */
  PAPER,
  /** All spans of all passages together with the retrieval score (the reference code). */
  JOINT
}
