package io.realmstream.model.wikitext;

import io.realmstream.model.wikitext.facts.LinkNames;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a page is a redirect: {@code #REDIRECT [[Target]]}, also in other languages.
 */
public final class Redirect {
  /** Characters that are looked at: more than any of the words and any title need. */
  private static final int LOOK_MAX = 600;

  private Redirect() {}

  /**
   * The title that a page redirects to, with spaces and without section; null for a page that is no
   * redirect.
   */
  public static @Nullable String target(String wikitext) {
    String head = wikitext.stripLeading();
    head = head.substring(0, Math.min(head.length(), LOOK_MAX));
    int open = head.indexOf("[[");
    int close = head.indexOf("]]", Math.max(open, 0));
    if (!head.startsWith("#") || open < 0 || close < 0) {
      return null;
    }
    String word = head.substring(1, open).strip();
    if (!LinkNames.isRedirect(word.endsWith(":") ? word.substring(0, word.length() - 1) : word)) {
      return null;
    }
    String link = head.substring(open + 2, close);
    String page = link.split("[|#]", 2)[0].replace('_', ' ').strip();
    String title = page.startsWith(":") ? page.substring(1).strip() : page;
    return title.isEmpty() ? null : title;
  }
}
