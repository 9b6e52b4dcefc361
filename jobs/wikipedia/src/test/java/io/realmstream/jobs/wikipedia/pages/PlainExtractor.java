package io.realmstream.jobs.wikipedia.pages;

import io.realmstream.jobs.wikipedia.text.TextExtractor;
import io.realmstream.model.wikipedia.PageText;
import io.realmstream.schemas.wikipedia.TextFormat;

/** Drops what makes letters bold. */
public record PlainExtractor(int version) implements TextExtractor {
  private static final long serialVersionUID = 1L;

  @Override
  public PageText extract(String wikitext) {
    return new PageText(wikitext.replace("'''", ""), TextFormat.PLAIN, false);
  }
}
