package io.realmstream.model.document;

import io.realmstream.schemas.Hash128;

/**
 * A passage of one revision of a document.
 *
 * @param uid identity: document id and content hash
 * @param contentHash all that decides the vector: input format, title, text
 * @param start offset in the document's text, in UTF-16 units
 * @param end offset behind its last character
 */
public record Passage(Hash128 uid, Hash128 contentHash, String text, int start, int end) {}
