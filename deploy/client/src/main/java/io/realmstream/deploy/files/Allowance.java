package io.realmstream.deploy.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bounds what a reader takes from a stream in one piece: a line, a name, a comment. So endless
 * input is an error and does not fill the memory. The reader says where a piece ends.
 */
public final class Allowance extends FilterInputStream {
  private final long pieceBytesMax;
  private long left;

  /**
   * @param pieceBytesMax far above the reader's own buffer, by which a piece may be longer
   */
  public Allowance(InputStream input, long pieceBytesMax) {
    super(input);
    this.pieceBytesMax = pieceBytesMax;
    this.left = pieceBytesMax;
  }

  /** Tells that a piece has ended. */
  public void renew() {
    left = pieceBytesMax;
  }

  @Override
  public int read() throws IOException {
    check();
    left--;
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    check();
    int read = super.read(bytes, start, length);
    left -= Math.max(0, read);
    return read;
  }

  private void check() throws IOException {
    if (left < 0) {
      throw new IOException("more than " + pieceBytesMax + " bytes without an end");
    }
  }
}
