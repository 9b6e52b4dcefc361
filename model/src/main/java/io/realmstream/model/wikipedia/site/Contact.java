package io.realmstream.model.wikipedia.site;

/**
 * Whom a wiki's operators can write to. Programs that name nobody get few replies or none.
 *
 * @param address a mail address, or a page's http address
 */
public record Contact(String address) {
  private static final int CHARACTERS_MAX = 200;

  /**
   * Refuses what is neither, and what could not stand in a header.
   *
   * @throws IllegalArgumentException in words for the person who gave it
   */
  public Contact {
    boolean printable = address.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '(' && c != ')');
    boolean mail = address.matches("[^@]+@[^@]+\\.[^@]+");
    boolean page = address.matches("https?://[^/]+.*");
    if (!printable || !(mail || page) || address.length() > CHARACTERS_MAX) {
      throw new IllegalArgumentException(
          "a contact must be a mail address or a page's http address, of at most "
              + CHARACTERS_MAX
              + " characters without spaces, line breaks and parentheses");
    }
  }

  /** The value of the header {@code User-Agent}. */
  public String userAgent() {
    return "realmstream (" + address + ")";
  }
}
