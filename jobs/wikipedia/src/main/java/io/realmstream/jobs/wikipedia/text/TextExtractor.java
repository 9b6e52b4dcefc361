package io.realmstream.jobs.wikipedia.text;

import io.realmstream.model.wikipedia.PageText;
import io.realmstream.model.wikitext.Extract;
import io.realmstream.model.wikitext.Redirect;
import io.realmstream.model.wikitext.WikitextExtractor;
import io.realmstream.schemas.wikipedia.TextFormat;
import java.io.Serializable;

/**
 * Makes the text that readers see of a page's wikitext, the same for the feed and for dumps.
 *
 * @param version by which texts of other versions are told apart
 */
public record TextExtractor(int version) implements Serializable {
  /** That of this build. */
  public static final TextExtractor CURRENT = new TextExtractor(WikitextExtractor.VERSION);

  private static final WikitextExtractor EXTRACTOR = new WikitextExtractor();

  /** The text, as PLAIN; empty for a redirect that nobody said to be one. */
  public PageText extract(String wikitext) {
    if (Redirect.target(wikitext) != null) {
      return new PageText("", TextFormat.PLAIN, false);
    }
    Extract extract = EXTRACTOR.extract(wikitext);
    return new PageText(extract.text(), TextFormat.PLAIN, extract.cut());
  }
}
