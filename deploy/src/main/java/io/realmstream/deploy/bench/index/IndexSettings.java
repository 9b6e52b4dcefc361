package io.realmstream.deploy.bench.index;

/**
 * How to measure.
 *
 * @param queries in each round and variant; a multiple of four
 * @param rounds in which the variants take turns
 * @param cacheBytes of the operator with a cache
 * @param rescale whether to restore to 2, 4 and 2 subtasks, too
 */
record IndexSettings(int k, int queries, int rounds, long cacheBytes, boolean rescale) {}
