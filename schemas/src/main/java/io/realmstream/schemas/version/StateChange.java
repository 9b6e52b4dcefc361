package io.realmstream.schemas.version;

import org.jspecify.annotations.Nullable;

/**
 * A step in the life of an index version.
 *
 * @param from state expected; null for a version that does not exist yet
 */
public record StateChange(@Nullable VersionState from, VersionState to) {}
