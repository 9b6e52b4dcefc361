package io.realmstream.schemas.vectors;

/** A record of the passage-vectors topic. */
public sealed interface VectorMessage
    permits PassageVectors, Heartbeat, ShardComplete, ShardRetired, ShardRound {}
