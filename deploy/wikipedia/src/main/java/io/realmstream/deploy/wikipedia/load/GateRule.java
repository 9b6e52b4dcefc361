package io.realmstream.deploy.wikipedia.load;

import java.time.Duration;

/**
 * How much may be on its way.
 *
 * @param wiki of which all pages are
 * @param textBytesMax of all pages together; one page may have more
 * @param patience how long to wait for any page to be done
 */
public record GateRule(String wiki, long textBytesMax, Duration patience) {
  /** A few seconds of embedding. */
  public static final long TEXT_BYTES_MAX = 64 << 10;
}
