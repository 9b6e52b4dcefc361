package io.realmstream.jobs.retriever.query;

/**
 * A query with the cells that it was sent to.
 *
 * @param query its stamp names the partition that it was routed by
 * @param shards how many cell shards were asked
 * @param cells how many cells, of all shards together
 * @param exact whether these are all cells of the partition
 */
public record RoutedQuery(EmbeddedQuery query, int shards, int cells, boolean exact) {}
