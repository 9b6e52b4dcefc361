package io.realmstream.model.marginal;

import io.realmstream.model.reader.PassageReading;
import io.realmstream.schemas.Hash128;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A passage, or the null document, that competes for a question.
 *
 * @param contentHash what the models see of it; equal for passages of equal title and body, and for
 *     those that differ in nothing that the models see
 * @param score retrieval score f(x,z) = scoreScale * (q . e), finite
 * @param body the passage's original text, which the reading's offsets point into
 * @param reading null when the passage was not read
 */
public record Candidate(
    Hash128 uid, Hash128 contentHash, double score, String body, @Nullable PassageReading reading) {
  /** Retrieval rank, best first: score descending, ties by smaller uid (spec rule S1). */
  public static final Comparator<Candidate> BY_RANK =
      Comparator.comparingDouble(Candidate::score).reversed().thenComparing(Candidate::uid);

  private static final Hash128 NULL_DOCUMENT = new Hash128(0, 0);

  public Candidate {
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("score of " + uid + " is " + score);
    }
    score += 0.0; // -0.0 becomes 0.0, so that equal scores compare as equal
  }

  /** The empty document. It holds no answer; its uid and content hash are all zeros. */
  public static Candidate nullDocument(double score) {
    return new Candidate(NULL_DOCUMENT, NULL_DOCUMENT, score, "", null);
  }

  public boolean isNullDocument() {
    return uid.equals(NULL_DOCUMENT);
  }

  /** The same passage, read. */
  public Candidate read(PassageReading seen) {
    return new Candidate(uid, contentHash, score, body, seen);
  }
}
