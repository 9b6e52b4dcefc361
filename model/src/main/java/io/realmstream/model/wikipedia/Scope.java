package io.realmstream.model.wikipedia;

import io.realmstream.schemas.wikipedia.Reason;
import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pages that are asked for.
 *
 * @param namespaces numbers of the namespaces, 0 = articles
 * @param lists whether pages are kept whose titles say that they only list others
 */
public record Scope(Set<Integer> namespaces, boolean lists) implements Serializable {
  private static final String WIKITEXT = "wikitext";

  public Scope {
    namespaces = Set.copyOf(namespaces);
  }

  /**
   * Why a page is out of scope; null = it is in scope. A fact that the statement leaves out keeps
   * no page out.
   */
  @Nullable Reason keepsOut(PageFacts page) {
    if (page.title().isEmpty()) {
      return null;
    }
    if (!namespaces.contains(page.namespace())) {
      return Reason.NAMESPACE;
    }
    if (!page.contentModel().isEmpty() && !page.contentModel().equals(WIKITEXT)) {
      return Reason.MODEL;
    }
    if (page.redirect()) {
      return Reason.REDIRECT;
    }
    return !lists && isList(page.title()) ? Reason.TITLE : null;
  }

  private static boolean isList(String title) {
    return title.startsWith("List of ")
        || title.startsWith("Index of ")
        || title.endsWith(" (disambiguation)");
  }
}
