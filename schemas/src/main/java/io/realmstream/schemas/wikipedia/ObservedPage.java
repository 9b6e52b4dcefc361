package io.realmstream.schemas.wikipedia;

import org.jspecify.annotations.Nullable;

/**
 * What a page is; all null for a page that is gone or hidden.
 *
 * @param title with its namespace and with spaces: {@code Ada Lovelace}
 * @param namespace number of the namespace, 0 = articles
 * @param contentModel for instance {@code wikitext}
 */
public record ObservedPage(
    @Nullable String title,
    @Nullable Integer namespace,
    @Nullable Boolean redirect,
    @Nullable String contentModel) {
  /** Of a page that is gone or hidden. */
  public static final ObservedPage NONE = new ObservedPage(null, null, null, null);
}
