/**
 * The vectors topic as the learner reads it. {@code decode-trunks}: no key. In: the vectors topic.
 * Out: {@code TrunkEvent}s by document shard. State: {@code progress}, one entry a shard of 16
 * runs.
 */
@NullMarked
package io.realmstream.jobs.learner.trunks;

import org.jspecify.annotations.NullMarked;
