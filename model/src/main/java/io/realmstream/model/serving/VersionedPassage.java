package io.realmstream.model.serving;

import io.realmstream.schemas.Hash128;

/** A passage in an index version. */
public record VersionedPassage(int version, Hash128 uid) implements Versioned {}
