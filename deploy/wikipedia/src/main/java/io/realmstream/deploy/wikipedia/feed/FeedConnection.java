package io.realmstream.deploy.wikipedia.feed;

import java.io.Closeable;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a feed. It uses {@link HttpURLConnection}, because the newer client of the JDK
 * has no limit on the time in which nothing comes.
 */
final class FeedConnection implements Closeable {
  /**
   * The feed is asked from this much earlier, since events of another data centre may come late.
   */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private final HttpURLConnection http;
  private final SentEvents events;

  private FeedConnection(HttpURLConnection http, SentEvents events) {
    this.http = http;
    this.events = events;
  }

  /** A refusal of the server. */
  static final class RefusedException extends IOException {
    private final int status;
    private final Duration retryAfter;

    RefusedException(int status, Duration retryAfter) {
      super("the feed answers " + status);
      this.status = status;
      this.retryAfter = retryAfter;
    }

    /** Whether the request is at fault, so that another one may succeed. */
    boolean isOurs() {
      return status >= 400 && status < 500 && status != 429;
    }

    Duration retryAfter() {
      return retryAfter;
    }
  }

  /**
   * Connects behind a position.
   *
   * @param byTime whether the server does not know the position's id
   */
  static FeedConnection open(FeedAddress address, Position position, boolean byTime)
      throws IOException {
    HttpURLConnection http =
        (HttpURLConnection) address.url(since(position, byTime)).openConnection();
    http.setConnectTimeout((int) address.idleMax().toMillis());
    http.setReadTimeout((int) address.idleMax().toMillis());
    http.setUseCaches(false);
    http.setInstanceFollowRedirects(false);
    http.setRequestProperty("User-Agent", address.contact().userAgent());
    http.setRequestProperty("Accept", "text/event-stream");
    if (position.id() != null && !byTime) {
      http.setRequestProperty("Last-Event-ID", position.id());
    }
    try {
      check(http);
      return new FeedConnection(http, new SentEvents(http.getInputStream(), address.idleMax()));
    } catch (IOException e) {
      http.disconnect();
      throw e;
    }
  }

  private static @Nullable Instant since(Position position, boolean byTime) {
    if (position.time() == null || (position.id() != null && !byTime)) {
      return null;
    }
    return position.id() == null ? position.time() : position.time().minus(MARGIN);
  }

  private static void check(HttpURLConnection http) throws IOException {
    int status = http.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      int seconds = Math.max(0, http.getHeaderFieldInt("Retry-After", 0));
      throw new RefusedException(status, Duration.ofSeconds(seconds));
    }
    String type = String.valueOf(http.getContentType());
    if (!type.startsWith("text/event-stream")) {
      throw new IOException("the feed answers with " + type + ", not with events");
    }
  }

  /** When it was opened, by the server's clock; null = it did not say. */
  @Nullable Instant opened() {
    return http.getDate() == 0 ? null : Instant.ofEpochMilli(http.getDate());
  }

  /** The next event; null when the server has ended the connection. */
  @Nullable SentEvent next() throws IOException {
    return events.next();
  }

  @Override
  public void close() {
    // closing the stream would read what is left of it
    http.disconnect();
  }
}
