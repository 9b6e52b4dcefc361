package io.realmstream.model.transport;

import io.realmstream.schemas.vectors.ShardPosition;
import java.util.List;

/**
 * State: the progress of one shard.
 *
 * @param records how many have come: of two entries the one with more is newer
 * @param reached the last record of each run, in the order in which the runs were first seen
 */
public record ProgressEntry(int shard, long records, List<ShardPosition> reached) {}
