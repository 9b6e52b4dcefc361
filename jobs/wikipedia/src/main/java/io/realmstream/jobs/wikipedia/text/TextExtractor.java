package io.realmstream.jobs.wikipedia.text;

import io.realmstream.model.wikipedia.PageText;
import java.io.Serializable;

/** Makes the text that readers see of a page's wikitext. */
public interface TextExtractor extends Serializable {
  /** The text of {@code wikitext}, as PLAIN. */
  PageText extract(String wikitext);

  /** Another number for each version that may give other texts. */
  int version();
}
