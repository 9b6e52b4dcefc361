package io.realmstream.model.freshness;

import java.util.List;

/**
 * What one reader of a topic says of itself.
 *
 * @param partitions how many the topic had when the reader looked at it last
 * @param read the reader's own partitions
 */
public record ReadThrough(int partitions, List<PartitionRead> read) {}
