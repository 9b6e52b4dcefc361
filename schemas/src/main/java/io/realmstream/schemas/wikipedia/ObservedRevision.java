package io.realmstream.schemas.wikipedia;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The current revision of a page; all null for a page that is gone.
 *
 * @param revisionId Wikipedia's number
 * @param text null = not at hand; the follower fetches it
 * @param format null = WIKITEXT
 */
public record ObservedRevision(
    @Nullable Long revisionId,
    @Nullable Instant revisionTime,
    @Nullable String text,
    @Nullable TextFormat format) {
  /** Of a page that is gone. */
  public static final ObservedRevision NONE = new ObservedRevision(null, null, null, null);
}
