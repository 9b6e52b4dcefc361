package io.realmstream.deploy.cli.wikipedia;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.HttpAddressConverter;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.status.FeedGap;
import io.realmstream.deploy.wikipedia.Bookmark;
import io.realmstream.deploy.wikipedia.EventSender;
import io.realmstream.deploy.wikipedia.feed.Feed;
import io.realmstream.deploy.wikipedia.feed.FeedAddress;
import io.realmstream.deploy.wikipedia.live.FeedScope;
import io.realmstream.deploy.wikipedia.live.Live;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code realm wikipedia live}: the public feed into Kafka. */
@Command(
    name = "live",
    description = {
      "Pass the public feed of changes on to Kafka, until it is interrupted.",
      "It goes on where it ended, and tells each time of which the feed tells nothing any more.%n"
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: realm wikipedia live --wiki enwiki --contact you@example.org"})
public final class LiveCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();
  @Mixin private final ContactOption contact = new ContactOption();
  @Mixin private final NamespacesOption namespaces = new NamespacesOption();

  @Option(
      names = "--wiki",
      paramLabel = "WIKI",
      required = true,
      split = ",",
      converter = WikiConverter.class,
      description = "Database names of wikis, for instance enwiki.")
  private List<String> wikis = new ArrayList<>();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Where to begin if nothing was read before, for instance 2026-04-01T00:00:00Z; the feed"
              + " remembers about a week. Default: now.")
  private @Nullable Instant since;

  @Option(
      names = "--feed",
      paramLabel = "URL",
      defaultValue = FeedAddress.WIKIMEDIA,
      converter = HttpAddressConverter.class,
      description = "The service of the feed (default: ${DEFAULT-VALUE}).")
  private String feed = FeedAddress.WIKIMEDIA;

  @Option(
      names = "--progress",
      paramLabel = "FILE",
      description =
          "Where it is kept how far the feed was read. Default: wikipedia/live-WIKI.json in --dir,"
              + " with the names of all wikis in alphabetical order.")
  private @Nullable Path progress;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Connection connection = kafka.connect();
    connection.require(
        connection.topics().wikipediaEvents(), connection.topics().wikipediaOutcomes());
    Bookmark bookmark = Bookmark.of(progressFile(), connection);
    FeedAddress address = FeedAddress.pages(feed, contact.contact());
    FeedScope scope = new FeedScope(Set.copyOf(wikis), namespaces.set());
    // nothing is done in good order when it is interrupted: the next start repeats a second
    try (EventSender sender = new EventSender(connection);
        Feed read = new Feed(address, Live.start(bookmark, since), streams.err()::println)) {
      Live live = new Live(read, scope, sender, bookmark);
      LiveLines lines = new LiveLines(streams.err(), read, live);
      live.run(
          lines::tick,
          gap -> {
            lines.gap(gap);
            new FeedGap(String.join(",", wikis), gap.from(), gap.to()).tell(connection);
          });
      return ExitCode.OK;
    }
  }

  private Path progressFile() {
    return progress == null
        ? kafka.directory().resolve("wikipedia").resolve(progressName(wikis))
        : progress;
  }

  /** The same wikis have the same file, in whatever order they are named. */
  static String progressName(List<String> wikis) {
    return "live-" + String.join("-", new TreeSet<>(wikis)) + ".json";
  }
}
