/**
 * Documents that a learner holds back, so that windows of the vectors topic decide what a pass
 * sees. State, of the operator {@code learn}: {@code held} by shard (what was read behind the open
 * window: as much as the topic is ahead).
 */
@NullMarked
package io.realmstream.jobs.learner.held;

import org.jspecify.annotations.NullMarked;
