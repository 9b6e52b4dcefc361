package io.realmstream.deploy.cli.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.wikipedia.Bookmark;
import io.realmstream.deploy.wikipedia.EventSender;
import io.realmstream.deploy.wikipedia.feed.Feed;
import io.realmstream.deploy.wikipedia.feed.FeedAddress;
import io.realmstream.deploy.wikipedia.feed.Gap;
import io.realmstream.deploy.wikipedia.feed.Position;
import io.realmstream.deploy.wikipedia.live.FeedScope;
import io.realmstream.deploy.wikipedia.live.Live;
import io.realmstream.model.wikipedia.site.Contact;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No connection is made: what is printed depends on what is told alone. */
class LiveLinesTest {
  private static final Duration LONG = Duration.ofMinutes(90);

  private final StringWriter printed = new StringWriter();
  private final EventSender sender = new EventSender(Connection.to("localhost:1"));
  private final Feed feed =
      new Feed(
          FeedAddress.pages("http://localhost:1", new Contact("a@example.org")),
          Position.since(null),
          message -> {});
  private final LiveLines lines =
      new LiveLines(
          new PrintWriter(printed, true),
          feed,
          new Live(
              feed,
              new FeedScope(Set.of("enwiki"), Set.of()),
              sender,
              new Bookmark(Path.of("unwritten"), new Bookmark.Target("cluster", "topic"))));

  @AfterEach
  void close() {
    feed.close();
    sender.close();
  }

  @Test
  void aFeedThatIsSilentForTooLongIsSaidToBeSoOnce() {
    lines.heard(LONG);
    assertThat(printed.toString()).isEmpty();
    lines.heard(LONG.plusSeconds(1));
    lines.heard(LONG.plusMinutes(1));
    assertThat(printed.toString().lines()).hasSize(1).allMatch(line -> line.contains("90 min"));
    lines.heard(Duration.ZERO);
    lines.heard(LONG.plusMinutes(5));
    assertThat(printed.toString().lines()).hasSize(2);
  }

  @Test
  void aGapNamesItsTimes() {
    lines.gap(
        new Gap(Instant.parse("2026-04-01T00:00:00Z"), Instant.parse("2026-04-02T00:00:00Z")));
    assertThat(printed.toString())
        .startsWith("GAP 2026-04-01T00:00:00Z to 2026-04-02T00:00:00Z: the feed does not tell");
  }
}
