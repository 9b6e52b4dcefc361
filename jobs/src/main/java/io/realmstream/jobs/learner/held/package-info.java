/**
 * What a learner holds back, so that windows of the vectors topic decide what a pass sees. State,
 * of the operator {@code learn}: {@code held-events} by shard (what was read behind the last window
 * that was learned: two windows of the topic where reading is paced).
 */
@NullMarked
package io.realmstream.jobs.learner.held;

import org.jspecify.annotations.NullMarked;
