/**
 * The KnowledgeUpdater job: from edits and checkpoints to vectors, each document in each version.
 */
@NullMarked
package io.realmstream.jobs.updater;

import org.jspecify.annotations.NullMarked;
