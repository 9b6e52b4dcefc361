package io.realmstream.deploy.door.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads bodies within their bounds, only so many at once: whoever sends slowly holds memory and a
 * thread until the patience ends.
 */
public final class RequestBodies {
  private static final int BLOCK_BYTES = 64 << 10;

  /** A client that still sends hears no refusal, only that the connection ends. */
  private static final long UNUSED_BYTES_MAX = 64L << 20;

  private final InFlight inFlight;

  public RequestBodies(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  /**
   * The whole body.
   *
   * @throws Refusal 413, 408, or 429
   */
  public byte[] read(Context request, Bounds bounds) throws IOException {
    inFlight.enter();
    try {
      return whole(request, bounds);
    } finally {
      inFlight.leave();
    }
  }

  private static byte[] whole(Context request, Bounds bounds) throws IOException {
    long end = System.nanoTime() + bounds.bodyPatience().toNanos();
    byte[] block = new byte[BLOCK_BYTES];
    InputStream in = request.req().getInputStream();
    if (request.req().getContentLengthLong() > bounds.bodyBytesMax()) {
      skip(in, block, end);
      throw tooLarge(bounds);
    }
    int length = (int) Math.max(BLOCK_BYTES, request.req().getContentLengthLong());
    ByteArrayOutputStream body = new ByteArrayOutputStream(length);
    for (int read = next(in, block); read >= 0; read = next(in, block)) {
      body.write(block, 0, read);
      if (body.size() > bounds.bodyBytesMax()) {
        skip(in, block, end);
        throw tooLarge(bounds);
      }
      if (System.nanoTime() > end) {
        throw tooSlow();
      }
    }
    return body.toByteArray();
  }

  /** Reads what is not wanted, as far as that is reasonable. */
  private static void skip(InputStream in, byte[] block, long end) throws IOException {
    long left = UNUSED_BYTES_MAX;
    while (left > 0 && System.nanoTime() < end) {
      int read = next(in, block);
      if (read < 0) {
        return;
      }
      left -= read;
    }
  }

  /** Jetty gives up reading after the connection's idle time, which is the patience as well. */
  private static int next(InputStream in, byte[] block) throws IOException {
    try {
      return in.read(block);
    } catch (IOException e) {
      throw tooSlow();
    }
  }

  private static Refusal tooLarge(Bounds bounds) {
    return new Refusal(413, "the body has more than " + bounds.bodyBytesMax() + " bytes");
  }

  private static Refusal tooSlow() {
    return new Refusal(408, "the body did not come in time");
  }
}
