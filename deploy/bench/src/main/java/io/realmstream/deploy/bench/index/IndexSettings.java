package io.realmstream.deploy.bench.index;

/**
 * How to measure.
 *
 * @param queries in each round and variant; a multiple of four
 * @param rounds in which the variants take turns
 * @param recallQueries by which recall is measured, and how far to probe for it: of a few, two or
 *     three decide that
 * @param cacheBytes of the operator with a cache
 * @param rescale whether to restore to 2, 4 and 2 subtasks, too
 */
record IndexSettings(
    int k, int queries, int rounds, int recallQueries, long cacheBytes, boolean rescale) {
  /** The number of the first query for recall, behind those of all rounds and of the check. */
  int firstForRecall() {
    return queries * (rounds + 1);
  }
}
