package io.realmstream.schemas.wikipedia;

import io.realmstream.schemas.Limits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a statement about a page, and why. It never holds text or title, so nothing in it
 * ever has to be forgotten.
 *
 * @param pageId null for a GAP
 * @param revisionId Wikipedia's number, where the statement had one
 * @param reason null = none is needed
 * @param from of a GAP: nothing is known from here
 * @param to of a GAP: up to here
 * @param time of the statement, by the wiki's clock
 */
public record WikipediaOutcome(
    String wiki,
    @Nullable Long pageId,
    @Nullable Long revisionId,
    PageOutcome outcome,
    @Nullable Reason reason,
    @Nullable Instant from,
    @Nullable Instant to,
    Instant time) {

  /** Refuses a wiki without a name. */
  public WikipediaOutcome {
    Limits.checkId("wiki", wiki);
  }
}
