package io.realmstream.model.updating.reuse;

import java.io.Serializable;
import java.time.Duration;

/**
 * How much of what documents have lost is kept for reuse.
 *
 * @param passagesMax of each document shard; 0 = nothing is kept
 * @param ttl how long what a document has lost is kept
 */
public record ReuseLimits(int passagesMax, Duration ttl) implements Serializable {}
