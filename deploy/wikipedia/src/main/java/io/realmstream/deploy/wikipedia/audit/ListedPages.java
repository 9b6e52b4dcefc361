package io.realmstream.deploy.wikipedia.audit;

import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages as a wiki lists them, without text.
 *
 * @param at when the wiki said so, by its clock
 * @param next what to send to get the next pages; null = these are the last
 */
record ListedPages(Instant at, List<Page> pages, @Nullable String next) {
  /**
   * A page as a wiki tells of it.
   *
   * @param textBytes of its wikitext; 0 = the wiki does not say
   */
  record Page(WikipediaObserved observed, long textBytes) {}
}
