package io.realmstream.schemas.json;

/** Bytes that are no record of their topic; the message is one line that names field and limit. */
public final class BadRecordException extends Exception {
  private static final int MESSAGE_LENGTH_MAX = 500;

  // half a surrogate pair, from the bytes or from a cut, could not be written into an answer
  private static final String UNWRITABLE = "[\\p{Cntrl}\\u0085\\u2028\\u2029\\p{Cs}]+";

  /** Line breaks and whatever UTF-8 cannot say become spaces; cut at 500 characters. */
  public BadRecordException(String message) {
    super(oneLine(message));
  }

  private static String oneLine(String message) {
    String cut =
        message.length() <= MESSAGE_LENGTH_MAX
            ? message
            : message.substring(0, MESSAGE_LENGTH_MAX) + "...";
    return cut.replaceAll(UNWRITABLE, " ");
  }
}
