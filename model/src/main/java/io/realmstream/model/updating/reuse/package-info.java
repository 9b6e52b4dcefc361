/**
 * Trunk outputs of a shard's passages: of those that its documents have, and of those that they
 * lost lately. Who has one need not run the transformer.
 */
@NullMarked
package io.realmstream.model.updating.reuse;

import org.jspecify.annotations.NullMarked;
