package io.realmstream.deploy.cli.input;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Splits bytes at line ends, LF, CR LF or CR, without ever holding more than one line of a bounded
 * length.
 */
final class Lines implements Closeable {
  /** Far above any document that is taken, escapes included. */
  static final int LINE_BYTES_MAX = 32 << 20;

  private final InputStream input;
  private boolean behindCarriageReturn;

  Lines(InputStream input) {
    this.input = new BufferedInputStream(input, 1 << 16);
  }

  /**
   * A line without its end.
   *
   * @param bytes empty when the line is longer than the limit
   * @param length its true length in bytes
   */
  record Line(byte[] bytes, long length) {
    boolean tooLong() {
      return length > LINE_BYTES_MAX;
    }
  }

  /** The next line; null at the end. */
  @Nullable Line next() throws IOException {
    int first = input.read();
    if (behindCarriageReturn && first == '\n') {
      first = input.read();
    }
    behindCarriageReturn = false;
    if (first < 0) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long length = 0;
    for (int next = first; next >= 0 && next != '\n'; next = input.read()) {
      if (next == '\r') {
        behindCarriageReturn = true;
        break;
      }
      length++;
      if (length <= LINE_BYTES_MAX) {
        bytes.write(next);
      }
    }
    return new Line(length > LINE_BYTES_MAX ? new byte[0] : bytes.toByteArray(), length);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
