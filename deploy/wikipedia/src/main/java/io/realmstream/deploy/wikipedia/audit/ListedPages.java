package io.realmstream.deploy.wikipedia.audit;

import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages as a wiki lists them, without text.
 *
 * @param next what asks for those behind; null = these are the last
 */
record ListedPages(List<WikipediaObserved> pages, @Nullable String next) {}
