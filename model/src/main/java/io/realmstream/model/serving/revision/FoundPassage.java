package io.realmstream.model.serving.revision;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.QuotedPassage;

/** A passage of a document's current manifest. */
public record FoundPassage(Hash128 uid, Hash128 contentHash, QuotedPassage quoted) {}
