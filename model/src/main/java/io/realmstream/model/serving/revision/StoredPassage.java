package io.realmstream.model.serving.revision;

import io.realmstream.model.document.DocumentState;
import io.realmstream.schemas.Hash128;

/**
 * A passage's text.
 *
 * @param edit place of the edit that inserted it last
 */
public record StoredPassage(
    String document, Hash128 contentHash, String text, DocumentState edit) {}
