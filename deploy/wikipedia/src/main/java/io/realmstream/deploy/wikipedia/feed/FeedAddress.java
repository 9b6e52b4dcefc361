package io.realmstream.deploy.wikipedia.feed;

import io.realmstream.model.wikipedia.site.Contact;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a feed is, and how patient its reader.
 *
 * @param service for instance {@code https://stream.wikimedia.org/v2/stream}
 * @param streams names of streams, read in one connection
 * @param idleMax a connection on which nothing comes for so long is given up
 * @param pause before the next try, after a failure; it doubles with each, up to a minute
 */
public record FeedAddress(
    String service, List<String> streams, Contact contact, Duration idleMax, Duration pause) {
  /** Wikimedia's public service. */
  public static final String WIKIMEDIA = "https://stream.wikimedia.org/v2/stream";

  /** Changes of pages, and hidden revisions that are not the current ones. */
  public static final List<String> PAGES =
      List.of("mediawiki.page_change.v1", "mediawiki.revision-visibility-change");

  private static final Duration IDLE_MAX = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** All changes of pages of all wikis. */
  public static FeedAddress pages(String service, Contact contact) {
    return new FeedAddress(service, PAGES, contact, IDLE_MAX, PAUSE);
  }

  /**
   * @param since null = where the request's header says, or now
   */
  URL url(@Nullable Instant since) {
    String address = service + "/" + String.join(",", streams);
    try {
      return URI.create(since == null ? address : address + "?since=" + since).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("no address: " + address, e);
    }
  }
}
