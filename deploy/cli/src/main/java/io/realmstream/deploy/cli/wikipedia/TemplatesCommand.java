package io.realmstream.deploy.cli.wikipedia;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.wikipedia.dump.DumpFile;
import io.realmstream.deploy.wikipedia.dump.DumpPage;
import io.realmstream.deploy.wikipedia.dump.DumpSource;
import io.realmstream.model.wikitext.UnknownTemplates;
import io.realmstream.model.wikitext.WikitextExtractor;
import io.realmstream.schemas.wikipedia.TextFormat;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realm wikipedia templates}: what the table of templates lacks. */
@Command(
    name = "templates",
    description = {
      "List the hundred most frequent templates in sentences that the table of templates lacks.",
      "It reads dumps and writes nothing. Their words are missing in the text of pages, unless the"
          + " first parameter is plain words or a number.%n"
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: realm wikipedia templates enwiki-2026-04-01-p1p9999.xml.bz2 --wiki enwiki"
    })
public final class TemplatesCommand implements Callable<Integer> {
  private static final int SHOWN = 100;

  /** A name may have a thousand characters. */
  private static final int HELD = 20_000;

  @Mixin private final Streams streams = new Streams();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of one dump.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--wiki",
      paramLabel = "WIKI",
      required = true,
      converter = WikiConverter.class,
      description = "Database name of the wiki, for instance enwiki.")
  private String wiki = "";

  private final WikitextExtractor extractor = new WikitextExtractor();
  private final UnknownTemplates unknown = new UnknownTemplates(HELD);
  private long pages;

  @Override
  public Integer call() throws IOException {
    // no date of a page is looked at
    DumpSource source = new DumpSource(wiki, Instant.EPOCH);
    for (Path path : files) {
      try (DumpFile file = DumpFile.open(path, source)) {
        for (DumpPage page = file.next(); page != null; page = file.next()) {
          take(page.observed());
        }
      }
    }
    for (UnknownTemplates.Count each : unknown.top(SHOWN)) {
      streams.out().println(Page.format("%,10d  %s", each.count(), each.name()));
    }
    streams.err().println(Page.format("%,d pages of wikitext read", pages));
    return ExitCode.OK;
  }

  private void take(@Nullable WikipediaObserved observed) {
    if (observed == null) {
      return; // the page cannot be used, which an import says
    }
    String text = observed.revision().text();
    if (text != null && observed.revision().format() != TextFormat.PLAIN) {
      pages++;
      unknown.add(extractor.extract(text).unknownTemplates());
    }
  }
}
