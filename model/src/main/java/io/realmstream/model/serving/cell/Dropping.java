package io.realmstream.model.serving.cell;

/**
 * A partition whose cells are being dropped.
 *
 * @param cells how many the partition had
 * @param next the first that is still there, of this shard's
 */
public record Dropping(int cells, int next) {}
