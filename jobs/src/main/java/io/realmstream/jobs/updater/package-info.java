/**
 * The graph of the KnowledgeUpdater job: from edits and checkpoints to vectors, each document in
 * each version. The only keyed operator is {@code documents}, by document shard.
 */
@NullMarked
package io.realmstream.jobs.updater;

import org.jspecify.annotations.NullMarked;
