package io.realmstream.model.index.partition;

/**
 * Names a partition.
 *
 * @param version the retriever version's build number
 * @param partition counts the partitions of that version; 0 is the flat one
 */
public record PartitionId(int version, int partition) {}
