package io.realmstream.model.learning.live;

import io.realmstream.schemas.Hash128;

/**
 * State key: a passage under a document trunk.
 *
 * @param trunk digest of all that comes before the projection
 */
public record TrunkPassage(Hash128 trunk, Hash128 uid) {}
