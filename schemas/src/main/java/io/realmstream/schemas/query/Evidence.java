package io.realmstream.schemas.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A passage behind an answer.
 *
 * @param rank 1 = best
 * @param uid passage uid, 32 hexadecimal digits; empty for the null document
 * @param revision revision of the document that the passage was quoted from
 * @param revisionTime when that edit was made; null = unknown
 * @param start offset of the passage in the document's text, in UTF-16 units
 * @param end offset behind it
 * @param score retrieval score f(x,z) = scoreScale * (q . e)
 * @param probability p(z|x) over the candidates
 * @param span best span that gives the answer; null when the passage has none or was not read
 * @param answerProbability p(y|z,x); null as the span
 * @param posterior p(z|y,x), the passage's share of the answer; null as the span
 */
public record Evidence(
    int rank,
    String uid,
    String document,
    String title,
    String text,
    long revision,
    @Nullable Instant revisionTime,
    int start,
    int end,
    double score,
    double probability,
    @Nullable Span span,
    @Nullable Double answerProbability,
    @Nullable Double posterior) {}
