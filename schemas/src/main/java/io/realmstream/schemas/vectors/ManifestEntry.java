package io.realmstream.schemas.vectors;

import io.realmstream.schemas.Hash128;

/**
 * A passage's place in its document.
 *
 * @param start offset in the document's text, in UTF-16 units
 * @param end offset behind its last character
 */
public record ManifestEntry(Hash128 uid, int start, int end) {}
