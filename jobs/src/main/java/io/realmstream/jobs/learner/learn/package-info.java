/**
 * The learner. Key: document shard; one subtask has all shards.
 *
 * <p>Inputs: {@code TrunkEvent}s; the version log. Outputs: checkpoints; as side outputs, status,
 * requests to publish a shard once more, and proposals to leave a version. State by shard: {@code
 * documents}, {@code passages} and {@code sentences} of live passages (at most {@code
 * realm.learning.passages.max}), {@code doubt} (one entry a shard), {@code feedback} (at most
 * {@code realm.learning.feedback.max}). One entry each: {@code versions}, {@code learned} (six
 * times 8 bytes a weight, and a candidate), {@code judged} (a number), {@code read-times} (a number
 * a partition). What is held: see {@code held}.
 */
@NullMarked
package io.realmstream.jobs.learner.learn;

import org.jspecify.annotations.NullMarked;
