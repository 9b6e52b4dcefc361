package io.realmstream.jobs.wikipedia.fetch;

import io.realmstream.schemas.wikipedia.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What became of a fetch.
 *
 * @param text the revision's wikitext; null = there is none, for {@code reason}
 * @param reason HIDDEN, NO_SUCH_REVISION, TOO_LARGE or UNREACHABLE; null = there is a text
 * @param answeredMs when the wiki answered, by its own clock, epoch ms; 0 = it did not
 */
public record FetchedText(
    WantedText wanted, @Nullable String text, @Nullable Reason reason, long answeredMs) {}
