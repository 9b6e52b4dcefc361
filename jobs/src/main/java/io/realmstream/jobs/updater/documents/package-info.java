/**
 * The documents operator: gate, split, diff, embed and publish, keyed by document shard. What it
 * decides stands in {@code model.updating}; here are its state, its threads and its outputs.
 *
 * <p>Inputs: edits ({@link io.realmstream.jobs.updater.documents.ShardEdit}); version tables and
 * requests to publish a shard once more ({@link io.realmstream.jobs.updater.documents.ShardEvent}).
 * Outputs: records of the vectors topic; accepted edits, document status, proposals and dead
 * letters on the side. State, and the bound of each: see {@link
 * io.realmstream.model.updating.ShardTables}, {@link io.realmstream.model.updating.ShardValues} and
 * {@code model.updating.reuse}.
 */
@NullMarked
package io.realmstream.jobs.updater.documents;

import org.jspecify.annotations.NullMarked;
