package io.realmstream.jobs.wikipedia.pages;

import io.realmstream.model.wikipedia.PageText;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import org.jspecify.annotations.Nullable;

/**
 * A revision whose text is to be published.
 *
 * @param revisionMs when it was made, epoch ms; 0 = not known
 * @param documentRevision what its document will have
 * @param dueMs when it may be fetched or published, epoch ms
 * @param text null = it is to be fetched
 */
public record WaitingText(
    String wiki,
    long pageId,
    String title,
    long revision,
    long revisionMs,
    long documentRevision,
    long dueMs,
    @Nullable PageText text) {
  String key() {
    return WikipediaObserved.key(wiki, pageId);
  }
}
