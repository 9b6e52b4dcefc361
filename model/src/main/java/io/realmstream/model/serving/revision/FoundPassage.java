package io.realmstream.model.serving.revision;

import io.realmstream.schemas.Hash128;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A passage of a document's current manifest. */
public record FoundPassage(
    Hash128 uid,
    Hash128 contentHash,
    String document,
    String title,
    String text,
    long revision,
    @Nullable Instant eventTime,
    int start,
    int end) {}
