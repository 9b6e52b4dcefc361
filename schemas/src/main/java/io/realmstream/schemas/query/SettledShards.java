package io.realmstream.schemas.query;

import java.util.List;

/**
 * Document shards that are settled: every revision that came before a heartbeat is the one that
 * answers see, or a later one is.
 *
 * @param run whose count of heartbeats it is: that of a reader of the vectors topic, any number;
 *     another after each of its starts
 */
public record SettledShards(long run, List<SettledShard> shards) {}
