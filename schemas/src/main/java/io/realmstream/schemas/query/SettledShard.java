package io.realmstream.schemas.query;

/**
 * A document shard that is settled.
 *
 * @param heartbeat the heartbeat up to which it is, counted from 1
 */
public record SettledShard(int shard, long heartbeat) {}
