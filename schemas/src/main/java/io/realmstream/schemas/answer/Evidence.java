package io.realmstream.schemas.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A passage behind an answer.
 *
 * @param rank 1 = best
 * @param uid passage uid, 32 hexadecimal digits; empty for the null document
 * @param score retrieval score f(x,z) = scoreScale * (q . e)
 * @param probability p(z|x) over the candidates
 */
public record Evidence(
    int rank,
    String uid,
    @JsonUnwrapped QuotedPassage passage,
    double score,
    double probability,
    @JsonUnwrapped ReadSpan read) {

  /** Whether this is a passage that the reader read, if it read any. */
  public boolean wasRead() {
    return !uid.isEmpty() && read.unread() == null;
  }
}
