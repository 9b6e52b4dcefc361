package io.realmstream.deploy.door.http;

import io.realmstream.schemas.json.Codecs;
import java.time.Duration;

/**
 * What one request may take.
 *
 * @param bodyBytesMax beyond is 413
 * @param headerBytesMax of all header lines together; beyond is 431
 * @param bodyPatience until the whole body is there; beyond is 408
 */
public record Bounds(int bodyBytesMax, int headerBytesMax, Duration bodyPatience) {
  /** Any body but a document edit has at most 1 MiB. */
  public static final Bounds RECORD =
      new Bounds(Codecs.RECORD_BYTES_MAX, 16 << 10, Duration.ofSeconds(10));

  /** A document edit has at most 4 MiB. */
  public static final Bounds DEFAULT =
      new Bounds(Codecs.DOCUMENT_BYTES_MAX, 16 << 10, Duration.ofSeconds(10));
}
