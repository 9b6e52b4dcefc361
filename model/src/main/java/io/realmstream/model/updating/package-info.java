/**
 * The state of a document shard that is being updated: which edits are wanted, and what of them is
 * published in which version. It is keyed by shard; each {@link
 * io.realmstream.model.updating.Shard} sees its own key only.
 *
 * <p>Each sub-package knows only those before it: {@code reuse} (trunk outputs that are known),
 * {@code backlog} (what waits), {@code publish} (what leaves), {@code build} (what a version
 * lacks), {@code schedule} (what starts).
 */
@NullMarked
package io.realmstream.model.updating;

import org.jspecify.annotations.NullMarked;
