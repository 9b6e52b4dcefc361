package io.realmstream.deploy.wikipedia.audit;

import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages as a wiki lists them, without text.
 *
 * @param next what to send to get the next pages; null = these are the last
 */
record ListedPages(List<WikipediaObserved> pages, @Nullable String next) {}
