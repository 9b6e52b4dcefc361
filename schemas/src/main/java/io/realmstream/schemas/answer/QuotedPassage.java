package io.realmstream.schemas.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.schemas.document.Provenance;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A passage as it stands in its document.
 *
 * @param revision revision of the document that it is quoted from
 * @param revisionTime when that edit was made; null = unknown
 * @param start offset in the document's text, in UTF-16 units
 * @param end offset behind it
 * @param provenance where the document comes from
 */
public record QuotedPassage(
    String document,
    String title,
    String text,
    long revision,
    @Nullable Instant revisionTime,
    int start,
    int end,
    @JsonUnwrapped Provenance provenance) {}
