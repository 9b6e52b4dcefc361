package io.realmstream.deploy.cli.wikipedia;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Interruption;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.wikipedia.dump.DumpSource;
import io.realmstream.deploy.wikipedia.dump.DumpSums;
import io.realmstream.deploy.wikipedia.load.GateRule;
import io.realmstream.deploy.wikipedia.load.Import;
import io.realmstream.deploy.wikipedia.load.ImportCounts;
import io.realmstream.deploy.wikipedia.load.ImportScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realm wikipedia import}: the pages of dumps into Kafka. */
@Command(
    name = "import",
    description = {
      "Send the pages of dumps to Kafka, as statements of what a page was then.",
      "MediaWiki's export XML (0.10, 0.11) and dumps of the search index, plain, .gz or .bz2. Some"
          + " files are read at once, and so are parts of a multistream dump whose index lies beside"
          + " it. Called once more it goes on where it ended.%n"
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "SHA256SUMS and _SUCCESS beside the files are checked when they are there.",
      "WikiExtractor's files are for `realm load --format wikiextractor`.",
      "",
      "Example: realm wikipedia import enwiki-2026-04-01-p1p9999.xml.bz2 --wiki enwiki"
    })
public final class ImportCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();
  @Mixin private final NamespacesOption namespaces = new NamespacesOption();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of one dump.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--wiki",
      paramLabel = "WIKI",
      required = true,
      converter = WikiConverter.class,
      description = "Database name of the wiki, for instance enwiki.")
  private String wiki = "";

  @Option(
      names = "--date",
      paramLabel = "TIME",
      description =
          "When the dump was begun, for instance 2026-04-01T00:00:00Z. Default: the date in the"
              + " first file's name, as 20260401 or 2026-04-01.")
  private @Nullable Instant date;

  @Option(
      names = "--no-wait",
      description =
          "Send as fast as Kafka takes it. Else at most 64 KiB of text are on their way to being"
              + " answerable, so that edits of the moment need not wait for the dump.")
  private boolean noWait;

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
          "Folder in which it is kept how far each file was read. Default: wikipedia in --dir.")
  private @Nullable Path progress;

  @Override
  public Integer call() throws IOException {
    ImportScope scope = new ImportScope(new DumpSource(wiki, date()), namespaces.set());
    long bytesTotal = bytesTotal();
    Connection connection = kafka.connect();
    connection.require(
        connection.topics().wikipediaEvents(),
        connection.topics().wikipediaOutcomes(),
        connection.topics().documentStatus());
    GateRule rule =
        noWait
            ? null
            : new GateRule(wiki, GateRule.TEXT_BYTES_MAX, Duration.ofSeconds(timeoutSeconds));
    try (Interruption interruption = Interruption.watch();
        Progress bar = Progress.on(streams, "import", "pages");
        Import pages = new Import(connection, scope, rule, bar::message)) {
      ImportCounts counts = pages.counts();
      BooleanSupplier goOn =
          () -> {
            bar.update(counts.pagesSent(), counts.pagesExpected(bytesTotal));
            return !interruption.requested();
          };
      warn(bar);
      boolean whole = pages.files(List.copyOf(new LinkedHashSet<>(files)), folder(), goOn);
      if (!interruption.requested()) {
        pages.settle(goOn);
      }
      return end(whole, counts, bar, interruption.requested());
    }
  }

  private int end(boolean whole, ImportCounts counts, Progress bar, boolean interrupted) {
    bar.close();
    streams.out().println(summary(counts));
    if (interrupted) {
      throw CommandFailure.failed("interrupted; the same command goes on from here");
    }
    return !whole || counts.pagesBad() > 0 ? ExitCode.FAILED : ExitCode.OK;
  }

  /** Says what of the dump is missing, once for each of its folders. */
  private void warn(Progress bar) throws IOException {
    Set<Path> folders = new HashSet<>();
    for (Path file : files) {
      if (folders.add(file.toAbsolutePath().resolveSibling("SHA256SUMS"))) {
        DumpSums.beside(file).warnings(files).forEach(bar::message);
      }
    }
  }

  private Path folder() {
    return progress == null ? kafka.directory().resolve("wikipedia") : progress;
  }

  private Instant date() {
    return date == null ? DumpDate.of(files.get(0)) : DumpDate.checked(date);
  }

  private long bytesTotal() throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static String summary(ImportCounts counts) {
    return Page.format(
        "sent %,d pages with %,d bytes of text, other namespaces %,d, bad %,d",
        counts.pagesSent(),
        counts.textBytesSent(),
        counts.pagesOfOtherNamespaces(),
        counts.pagesBad());
  }
}
