package io.realmstream.schemas;

/** Checks that records make when they are built, in the words that a refused record carries. */
public final class Limits {
  /** Longest id, in UTF-8 bytes. */
  public static final int ID_BYTES_MAX = 512;

  private Limits() {}

  /** Refuses an id that is empty or longer than 512 UTF-8 bytes. */
  public static void checkId(String field, String id) {
    int bytes = Utf8.bytes(id);
    if (bytes < 1 || bytes > ID_BYTES_MAX) {
      throw new IllegalArgumentException(
          field + ": must be 1 to " + ID_BYTES_MAX + " UTF-8 bytes long (is " + bytes + ")");
    }
  }

  /** Refuses a {@code value} below {@code least}. */
  public static void checkAtLeast(String field, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          field + ": must be at least " + least + " (is " + value + ")");
    }
  }

  /** Refuses a {@code value} above {@code most}. */
  public static void checkAtMost(String field, long value, long most) {
    if (value > most) {
      throw new IllegalArgumentException(
          field + ": must be at most " + most + " (is " + value + ")");
    }
  }
}
