package io.realmstream.model.updating.reuse;

import io.realmstream.schemas.Hash128;

/**
 * State key: a live passage under a document trunk.
 *
 * @param trunk digest of all that comes before the projection
 */
public record TrunkKey(Hash128 trunk, Hash128 uid) {}
