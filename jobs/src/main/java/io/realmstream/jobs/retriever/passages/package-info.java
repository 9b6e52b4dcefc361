/**
 * {@code passages}, which revision of each document answers see. Key: document shard. In: {@code
 * PassageEvent}s; {@code Lookup}s. Out: {@code Found}, the reply to look-ups, to {@code
 * gather-passages}; complete shards to {@code announce-ready} and {@code freshness}; how fresh the
 * shard is to {@code freshness}; records of the topics of document status and republications.
 * State: live documents and passages, tombstones for {@code realm.tombstone.ttl}, what was current
 * two seconds ago, one entry a version or a subtask of the updater.
 */
@NullMarked
package io.realmstream.jobs.retriever.passages;

import org.jspecify.annotations.NullMarked;
