/**
 * What a version lacks: the walk of each version over each shard's documents, and the self-check
 * behind it. Only the phase of a walk is state; where it stands is not, a restore starts it over.
 */
@NullMarked
package io.realmstream.model.updating.build;

import org.jspecify.annotations.NullMarked;
