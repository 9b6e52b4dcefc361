package io.realmstream.jobs.wikipedia.pages;

import io.realmstream.model.wikipedia.PageText;
import io.realmstream.schemas.Hash128;

/**
 * What was published last of a page that is present.
 *
 * @param hash of title and text
 * @param extractor version of the extractor that made the text
 */
public record PublishedText(Hash128 hash, int extractor) {
  static PublishedText of(String title, PageText text, int extractor) {
    return new PublishedText(Hash128.ofTexts(title, text.text()), extractor);
  }
}
