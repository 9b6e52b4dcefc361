package io.realmstream.deploy.door.http;

import java.time.Duration;

/**
 * What one request may take.
 *
 * @param bodyBytesMax beyond is 413
 * @param headerBytesMax of all header lines together; beyond is 431
 * @param bodyPatience until the whole body is there; beyond is 408
 */
public record Bounds(int bodyBytesMax, int headerBytesMax, Duration bodyPatience) {
  /** A document edit has at most 4 MiB. */
  public static final Bounds DEFAULT = new Bounds(4 << 20, 16 << 10, Duration.ofSeconds(10));
}
