package io.realmstream.schemas.answer;

import org.jspecify.annotations.Nullable;

/**
 * How probable the references R of a query are, all of them as one.
 *
 * @param logProbability log p(R|x) of an answer, log p(R|z,x) of a passage, in nats, never above 0;
 *     null = the probability is 0
 * @param posterior p(z|R,x), the passage's share; null for an answer, and where p(R|x) is 0
 */
public record ReferenceScore(@Nullable Double logProbability, @Nullable Double posterior) {}
