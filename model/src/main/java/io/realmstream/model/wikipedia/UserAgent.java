package io.realmstream.model.wikipedia;

/**
 * The User-Agent header of requests to a wiki. Wikipedia soon refuses programs that give no
 * contact.
 */
public final class UserAgent {
  private static final int CONTACT_LENGTH_MAX = 200;

  private UserAgent() {}

  /**
   * The header's value.
   *
   * @param contact a mail address or a URL
   * @throws IllegalArgumentException when it is empty, too long, or no line of ASCII
   */
  public static String of(String contact) {
    boolean isLine = contact.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '(' && c != ')');
    boolean names = contact.contains("@") || contact.contains("://");
    if (contact.length() > CONTACT_LENGTH_MAX || !isLine || !names) {
      throw new IllegalArgumentException(
          "a contact is required: a mail address or a URL, by which Wikipedia's operators reach"
              + " you; without one they refuse requests");
    }
    return "realmstream/0.1 (" + contact + ")";
  }
}
