/**
 * Trunk outputs of a shard's passages: of those that its documents have, and of those that they
 * lost lately. A passage whose trunk output is known needs no run of the transformer.
 */
@NullMarked
package io.realmstream.model.updating.reuse;

import org.jspecify.annotations.NullMarked;
