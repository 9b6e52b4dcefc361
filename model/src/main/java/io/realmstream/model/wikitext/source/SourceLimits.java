package io.realmstream.model.wikitext.source;

/**
 * Where the reading of a page ends early. All three limits count something and none depends on a
 * clock, so the same wikitext is cut at the same place everywhere.
 *
 * @param charsMax characters of wikitext that are read
 * @param bracketsMax brackets that may open, links, templates and tables together
 * @param stepsMax characters that may be read, copied and looked through, all in all
 */
public record SourceLimits(int charsMax, int bracketsMax, long stepsMax) {
  /**
   * A page that MediaWiki stores has at most 2 MiB. Ordinary pages take one to two steps a
   * character, and the hostile ones of the tests fewer than fifty. So the third limit only ends
   * pages that are worse than those of the tests, after about a second.
   */
  public static final SourceLimits DEFAULT = new SourceLimits(2 << 20, 1_000_000, 128L * (2 << 20));

  /**
   * @throws IllegalArgumentException if one is not positive
   */
  public SourceLimits {
    if (charsMax <= 0 || bracketsMax <= 0 || stepsMax <= 0) {
      throw new IllegalArgumentException(
          "not positive: " + charsMax + ", " + bracketsMax + ", " + stepsMax);
    }
  }
}
