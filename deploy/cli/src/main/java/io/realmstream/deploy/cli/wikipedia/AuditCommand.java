package io.realmstream.deploy.cli.wikipedia;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.HttpAddressConverter;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Interruption;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.wikipedia.Bookmark;
import io.realmstream.deploy.wikipedia.EventSender;
import io.realmstream.deploy.wikipedia.audit.Audit;
import io.realmstream.deploy.wikipedia.audit.AuditFiles;
import io.realmstream.deploy.wikipedia.audit.KnownPages;
import io.realmstream.deploy.wikipedia.audit.SweepProgress;
import io.realmstream.deploy.wikipedia.audit.WikiApi;
import io.realmstream.deploy.wikipedia.load.Gate;
import io.realmstream.deploy.wikipedia.load.GateRule;
import io.realmstream.model.wikipedia.site.Wiki;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code realm wikipedia audit}: one sweep over all pages of a wiki. */
@Command(
    name = "audit",
    description = {
      "Compare what is held of a wiki with the wiki itself, page by page, once. Called again after"
          + " it was cut off it goes on where it was.",
      "What differs becomes a statement, which settles what the feed and dumps left in doubt: pages"
          + " that are newer, missing, gone or redirects.%n"
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: realm wikipedia audit --wiki enwiki --contact you@example.org"})
public final class AuditCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();
  @Mixin private final ContactOption contact = new ContactOption();
  @Mixin private final NamespacesOption namespaces = new NamespacesOption();

  @Option(
      names = "--wiki",
      paramLabel = "WIKI",
      required = true,
      converter = WikiConverter.class,
      description = "Database name of the wiki, for instance enwiki.")
  private String wiki = "";

  @Option(
      names = "--api",
      paramLabel = "URL",
      converter = HttpAddressConverter.class,
      description =
          "The wiki's API. Default: of a Wikipedia its own, as"
              + " https://en.wikipedia.org/w/api.php.")
  private @Nullable String api;

  @Option(
      names = "--requests",
      paramLabel = "NUMBER",
      defaultValue = "50",
      description =
          "Requests a minute (default: ${DEFAULT-VALUE}, a quarter of the 200 that Wikimedia allows;"
              + " WikipediaFollower takes the other 150 for texts unless"
              + " realm.wikipedia.requests-per-minute says otherwise).")
  @Range(min = 1, max = 60_000)
  private int requestsPerMinute = 50;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description =
          "Give up when nothing became of any page for so long (default: ${DEFAULT-VALUE}).")
  @Range(min = 1, max = Range.SECONDS_MAX)
  private long timeoutSeconds = 600;

  @Option(
      names = "--progress",
      paramLabel = "DIR",
      description =
          "Folder in which it is kept how far the sweep has come. Default: wikipedia in --dir.")
  private @Nullable Path progress;

  @Override
  public Integer call() throws IOException, InterruptedException {
    WikiApi.ApiAccess access = access();
    Connection connection = kafka.connect();
    connection.require(
        connection.topics().wikipediaEvents(),
        connection.topics().wikipediaOutcomes(),
        connection.topics().documentStatus(),
        connection.topics().acceptedDocuments());
    AuditFiles.Scope scope = new AuditFiles.Scope(wiki, access.address(), namespaces.numbers());
    SweepProgress swept = AuditFiles.of(folder(), Bookmark.Target.of(connection), scope).open();
    KnownPages known = KnownPages.read(connection, wiki);
    int expected = known.count();
    GateRule rule = new GateRule(wiki, GateRule.TEXT_BYTES_MAX, Duration.ofSeconds(timeoutSeconds));
    try (Interruption interruption = Interruption.watch();
        EventSender sender = new EventSender(connection);
        Gate gate = Gate.open(connection, rule);
        Progress bar = Progress.on(streams, "audit", "pages")) {
      BooleanSupplier goOn = () -> !interruption.requested();
      WikiApi asked = new WikiApi(access, bar::message);
      Audit audit = new Audit(asked, known, swept, new Sent(sender, gate, bar, goOn));
      BooleanSupplier tick =
          () -> {
            bar.update(audit.pages(), Math.max(expected, audit.pages()));
            return goOn.getAsBoolean();
          };
      boolean whole = sweep(audit, scope, bar, tick);
      streams.out().println(summary(audit, asked));
      if (!whole) {
        throw CommandFailure.failed("interrupted; the same command goes on from here");
      }
      gate.settle(goOn);
      return ExitCode.OK;
    }
  }

  /** Pages that differ go to Kafka, few at a time. */
  private record Sent(EventSender sender, Gate gate, Progress bar, BooleanSupplier goOn)
      implements Audit.Differences {
    @Override
    public boolean take(WikipediaObserved page, long textBytes) {
      try {
        byte[] value = EventSender.encoded(page);
        if (!gate.pass(page.key(), textBytes, goOn)) {
          return false;
        }
        sender.send(page.key(), value);
      } catch (BadRecordException e) {
        bar.message("page " + page.pageId() + " is left out: " + e.getMessage());
      }
      return true;
    }

    @Override
    public void flush() {
      sender.flush();
    }
  }

  private static boolean sweep(
      Audit audit, AuditFiles.Scope scope, Progress bar, BooleanSupplier tick)
      throws IOException, InterruptedException {
    boolean whole = audit.sweep(scope.namespaces(), tick);
    bar.close();
    return whole;
  }

  private Path folder() {
    return progress == null ? AuditFiles.folder(kafka.directory()) : progress;
  }

  private WikiApi.ApiAccess access() {
    Duration pause = Duration.ofMinutes(1).dividedBy(requestsPerMinute);
    return new WikiApi.ApiAccess(wiki, address(), contact.contact(), pause);
  }

  private String address() {
    if (api != null) {
      return api;
    }
    try {
      return Wiki.of(wiki, Map.of()).api().toString();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--api is missing: " + wiki + " is no Wikipedia");
    }
  }

  private static String summary(Audit audit, WikiApi api) {
    return Page.format(
        "%,d pages, %,d differ, %,d requests", audit.pages(), audit.differences(), api.requests());
  }
}
