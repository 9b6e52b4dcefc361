/**
 * {@code cells}, the maximum-inner-product index. Key: cell shard. In: {@code CellUpdate}s; {@code
 * Probe}s. Out: {@code Partial}s, the reply to probes, to {@code merge-top-k}; acknowledgements to
 * {@code passages}; which cells are filled to {@code partitions}; dead letters. State: {@code
 * blocks} and {@code vectors} of live passages, twice while a partition is filled; one entry a
 * version, or a partition that is filled or dropped.
 */
@NullMarked
package io.realmstream.jobs.retriever.cells;

import org.jspecify.annotations.NullMarked;
