package io.realmstream.model.wikitext.facts;

import io.realmstream.model.wikitext.facts.FactFile.Fact;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What links are, by what stands before the first colon of their target. */
public final class LinkNames {
  /** What a link is. */
  public enum Kind {
    /** A page, which is named in the text. */
    PAGE,
    /** A picture, a sound, a film. */
    FILE,
    /** A category of the page. */
    CATEGORY,
    /** The same page in another language. */
    LANGUAGE
  }

  private static final Map<String, Kind> KINDS = new HashMap<>();
  private static final Map<String, Boolean> REDIRECTS = new HashMap<>();

  static {
    for (Fact fact : FactFile.read("link-names.txt")) {
      for (String name : fact.names()) {
        String folded = folded(name);
        if (fact.value().equals("REDIRECT")) {
          REDIRECTS.put(folded, true);
        } else {
          KINDS.put(folded, Kind.valueOf(fact.value()));
        }
      }
    }
  }

  private LinkNames() {}

  /**
   * What a link with this target is.
   *
   * @param target text before the first bar; a colon at its beginning makes it a page
   */
  public static Kind kind(String target) {
    int colon = target.indexOf(':');
    if (colon <= 0) {
      return Kind.PAGE;
    }
    return KINDS.getOrDefault(folded(target.substring(0, colon)), Kind.PAGE);
  }

  /**
   * Whether this word makes a page a redirect.
   *
   * @param word without the # before it
   */
  public static boolean isRedirect(String word) {
    return REDIRECTS.containsKey(folded(word));
  }

  private static String folded(String name) {
    return name.strip().replace('_', ' ').toLowerCase(Locale.ROOT);
  }
}
