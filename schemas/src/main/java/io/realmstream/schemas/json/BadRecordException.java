package io.realmstream.schemas.json;

/** Bytes that are no record of their topic; the message is one line that names field and limit. */
public final class BadRecordException extends Exception {
  private static final int MESSAGE_LENGTH_MAX = 500;

  /**
   * Line breaks and other control characters of {@code message} become spaces; it is cut at 500.
   */
  public BadRecordException(String message) {
    super(oneLine(message));
  }

  private static String oneLine(String message) {
    String line = message.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ");
    return line.length() <= MESSAGE_LENGTH_MAX
        ? line
        : line.substring(0, MESSAGE_LENGTH_MAX) + "...";
  }
}
