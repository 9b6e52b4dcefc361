package io.realmstream.model.wikipedia;

/**
 * What a statement says of the page as a whole.
 *
 * @param title with its namespace and with spaces; empty = the statement does not say
 * @param namespace 0 = articles
 * @param contentModel empty = the statement does not say
 */
public record PageFacts(String title, int namespace, boolean redirect, String contentModel) {
  /** Nothing is said. */
  public static final PageFacts NONE = new PageFacts("", 0, false, "");
}
