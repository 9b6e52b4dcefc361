package io.realmstream.model.wikipedia.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.Map;

/**
 * Where a wiki can be asked.
 *
 * @param api address of its {@code api.php}
 */
public record Wiki(URI api) {
  private static final String SUFFIX = "wiki";

  /** Refuses an address that is none of http or https, or has no host. */
  public Wiki {
    boolean web =
        "https".equalsIgnoreCase(api.getScheme()) || "http".equalsIgnoreCase(api.getScheme());
    if (!web || api.getHost() == null) {
      throw new IllegalArgumentException(
          "a wiki's address: must be as in https://en.wikipedia.org/w/api.php (is %s)"
              .formatted(api));
    }
  }

  /**
   * The wiki of that database name: {@code enwiki} is the English Wikipedia.
   *
   * @param others addresses of {@code api.php} by database name, of wikis that are not Wikipedias
   * @throws IllegalArgumentException when its address is not known, or is none
   */
  public static Wiki of(String name, Map<String, String> others) {
    String other = others.get(name);
    if (other != null) {
      return new Wiki(URI.create(other));
    }
    if (!name.matches("[a-z][a-z_]*wiki")) {
      throw new IllegalArgumentException(
          "no address is known of the wiki %s: name that of its api.php".formatted(name));
    }
    String language = name.substring(0, name.length() - SUFFIX.length()).replace('_', '-');
    return new Wiki(URI.create("https://" + language + ".wikipedia.org/w/api.php"));
  }

  /** The permanent address of a revision: later edits of the page do not change what it shows. */
  public String link(String title, long revision) {
    String page = URLEncoder.encode(title.replace(' ', '_'), UTF_8);
    return api.resolve("index.php") + "?title=" + page + "&oldid=" + revision;
  }
}
