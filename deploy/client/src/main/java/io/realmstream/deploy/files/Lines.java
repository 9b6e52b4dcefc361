package io.realmstream.deploy.files;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Splits bytes at line ends, LF, CR LF or CR, without ever holding more than one line of a bounded
 * length.
 */
public final class Lines implements Closeable {
  /** Far above any document that is accepted, escapes included. */
  public static final int LINE_BYTES_MAX = 32 << 20;

  private final InputStream input;
  private final int lineBytesMax;
  private final byte[] block = new byte[1 << 16];
  private int next;
  private int end;
  private boolean behindCarriageReturn;

  /** Lines of at most {@link #LINE_BYTES_MAX}. */
  public Lines(InputStream input) {
    this(input, LINE_BYTES_MAX);
  }

  /**
   * @param lineBytesMax of a longer line nothing is held
   */
  public Lines(InputStream input, int lineBytesMax) {
    this.input = input;
    this.lineBytesMax = lineBytesMax;
  }

  /**
   * A line without its end.
   *
   * @param bytes empty when the line is longer than the limit
   */
  public record Line(byte[] bytes, boolean tooLong) {}

  /** The next line; null at the end. */
  public @Nullable Line next() throws IOException {
    if (behindCarriageReturn && more() && block[next] == '\n') {
      next++;
    }
    behindCarriageReturn = false;
    if (!more()) {
      return null;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean tooLong = false;
    while (more()) {
      int stop = lineEnd();
      tooLong |= line.size() + (stop - next) > lineBytesMax;
      if (!tooLong) {
        line.write(block, next, stop - next);
      }
      next = stop;
      if (next < end) {
        behindCarriageReturn = block[next++] == '\r';
        break;
      }
    }
    return new Line(tooLong ? new byte[0] : line.toByteArray(), tooLong);
  }

  /** Whether there is a byte at {@code next}. */
  private boolean more() throws IOException {
    if (next == end) {
      next = 0;
      end = Math.max(0, input.read(block));
    }
    return next < end;
  }

  private int lineEnd() {
    int stop = next;
    while (stop < end && block[stop] != '\n' && block[stop] != '\r') {
      stop++;
    }
    return stop;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
