package io.realmstream.deploy.wikipedia.dump;

import io.realmstream.schemas.wikipedia.WikipediaObserved;
import org.jspecify.annotations.Nullable;

/**
 * A page of a dump: what it says, or why it says nothing.
 *
 * @param name for messages: the page's number and title
 * @param observed null exactly if there is a problem
 */
public record DumpPage(
    String name, @Nullable WikipediaObserved observed, @Nullable String problem) {}
