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
record ListedPages(Instant at, List<WikipediaObserved> pages, @Nullable String next) {}
