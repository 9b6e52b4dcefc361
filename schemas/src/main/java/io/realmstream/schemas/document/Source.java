package io.realmstream.schemas.document;

import io.realmstream.schemas.Limits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A page of a wiki, at one of its revisions.
 *
 * @param wiki its database name, for instance {@code enwiki}
 * @param revisionId the wiki's number, which is not the document's revision
 * @param revisionTime when that revision was made; null = unknown
 */
public record Source(String wiki, long pageId, long revisionId, @Nullable Instant revisionTime) {

  /** Refuses negative numbers. */
  public Source {
    Limits.checkAtLeast("pageId", pageId, 0);
    Limits.checkAtLeast("revisionId", revisionId, 0);
  }
}
