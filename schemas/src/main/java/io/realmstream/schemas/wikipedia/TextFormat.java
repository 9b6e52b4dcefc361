package io.realmstream.schemas.wikipedia;

/** What a page's text is written in. */
public enum TextFormat {
  WIKITEXT,
  /** Text that readers see, taken as it is. */
  PLAIN
}
