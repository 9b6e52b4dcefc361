package io.realmstream.model.updating.reuse;

/**
 * State: which sequences of {@link DroppedDocument} are in use.
 *
 * @param first that of the document whose last loss is longest ago, or less
 * @param next to be given
 * @param passages in all documents of the shard
 */
public record DroppedEnds(long first, long next, int passages) {}
