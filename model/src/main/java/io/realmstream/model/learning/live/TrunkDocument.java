package io.realmstream.model.learning.live;

import io.realmstream.schemas.Hash128;

/**
 * State key: a document under a document trunk.
 *
 * @param trunk digest of all that comes before the projection
 */
public record TrunkDocument(Hash128 trunk, String document) {}
