package io.realmstream.model.serving.revision;

import io.realmstream.schemas.Hash128;

/**
 * A passage's text.
 *
 * @param revision document revision that inserted it last
 */
public record StoredPassage(String document, Hash128 contentHash, String text, long revision) {}
