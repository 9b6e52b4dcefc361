package io.realmstream.model.index;

import io.realmstream.schemas.Hash128;

/**
 * A vector whose score may be among the best.
 *
 * @param upper its exact score is not above this
 * @param vector the number of its float32 vector
 */
record Candidate(double upper, Hash128 uid, int documentShard, long vector) {}
