/**
 * Feedback as the learner reads and keeps it. {@code decode-feedback}: no key. In: the feedback
 * topic. Out: {@code TrunkEvent}s by document shard; dead letters. State, of the operator {@code
 * learn}: {@code feedback} by shard, at most {@code realm.learning.feedback.max} in all.
 */
@NullMarked
package io.realmstream.jobs.learner.feedback;

import org.jspecify.annotations.NullMarked;
