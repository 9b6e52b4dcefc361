package io.realmstream.deploy.wikipedia.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.files.Allowance;
import io.realmstream.deploy.files.Lines;
import io.realmstream.schemas.json.Codecs;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The events of one connection, as the standard has them (HTML, 9.2 Server-sent events), with
 * bounds. Comments and unknown fields are skipped.
 *
 * <p>No library does this: they buffer a line of any length, and the content of a feed is not to be
 * trusted.
 */
final class SentEvents implements Closeable {
  /** What the topic of events takes: a little less than 8 MiB. */
  static final int EVENT_BYTES_MAX = Codecs.WIKIPEDIA_EVENT_BYTES_MAX;

  /** Longer events end the connection: perhaps they have no end. */
  static final int SKIPPED_BYTES_MAX = 64 << 20;

  private final Allowance input;
  private final Lines lines;
  private final Duration idleMax;
  private @Nullable String id;

  /**
   * @param idleMax how long comments may come and no event
   */
  SentEvents(InputStream input, Duration idleMax) {
    this.idleMax = idleMax;
    this.input = new Allowance(input, SKIPPED_BYTES_MAX);
    this.lines = new Lines(this.input, EVENT_BYTES_MAX);
  }

  /**
   * The next event; null when the server has ended the connection. An event that it did not finish
   * does not count.
   *
   * @throws SocketTimeoutException if none came in time, though something came
   */
  @Nullable SentEvent next() throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    boolean any = false;
    boolean tooLong = false;
    long startNanos = System.nanoTime();
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.bytes().length == 0 && !line.tooLong()) {
        input.renew();
        if (any) {
          return new SentEvent(id, tooLong ? new byte[0] : data.toByteArray(), tooLong);
        }
      }
      tooLong |= line.tooLong();
      any |= line.tooLong() || take(line.bytes(), data);
      if (!any && System.nanoTime() - startNanos > idleMax.toNanos()) {
        throw new SocketTimeoutException("no event for " + idleMax.toSeconds() + " s");
      }
      if (data.size() > EVENT_BYTES_MAX) {
        tooLong = true;
        data.reset();
      }
    }
    return null;
  }

  /** Whether the line is data. */
  private boolean take(byte[] line, ByteArrayOutputStream data) {
    int colon = 0;
    while (colon < line.length && line[colon] != ':') {
      colon++;
    }
    int value = Math.min(line.length, colon + 1);
    if (value < line.length && line[value] == ' ') {
      value++;
    }
    String field = new String(line, 0, colon, UTF_8);
    if (field.equals("id")) {
      id = new String(line, value, line.length - value, UTF_8);
    }
    if (!field.equals("data")) {
      return false;
    }
    if (data.size() > 0) {
      data.write('\n');
    }
    data.write(line, value, line.length - value);
    return true;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
