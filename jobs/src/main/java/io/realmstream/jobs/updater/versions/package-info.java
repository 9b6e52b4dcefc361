/**
 * The versions of the updater, in one subtask each and without a key.
 *
 * <ul>
 *   <li>{@code decode-checkpoints}: bytes to checkpoints; dead letters. No state.
 *   <li>{@code propose}: checkpoints and the version log in, proposals out. State: the folded table
 *       and the newest checkpoint, one entry each.
 *   <li>{@code versions}: the version log in, a copy of the folded table for each document shard
 *       out. State: the table and the number of the run, one entry each.
 *   <li>{@code encode-proposals}: proposals to records of the version log. No state.
 * </ul>
 */
@NullMarked
package io.realmstream.jobs.updater.versions;

import org.jspecify.annotations.NullMarked;
