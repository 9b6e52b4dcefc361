package io.realmstream.deploy.cli.edits;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Interruption;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.edits.missing.MissingDocuments;
import io.realmstream.deploy.cli.edits.missing.MissingOptions;
import io.realmstream.deploy.cli.input.DocumentFormat;
import io.realmstream.deploy.cli.input.InputRow;
import io.realmstream.deploy.cli.input.Inputs;
import io.realmstream.deploy.cli.input.Position;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.EditSender;
import io.realmstream.deploy.client.Silence;
import io.realmstream.deploy.client.StatusWatch;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realm load}: puts documents into the knowledge base. */
@Command(
    name = "load",
    description = {
      "Put documents into the knowledge base.",
      "A document replaces the one of the same id, unless that one has a higher revision; without"
          + " a revision the time of sending counts. Documents over 4 MiB and bad rows are reported"
          + " with their place, counted as failed and left out. Ctrl-C keeps what was sent and says"
          + " where to resume.%n"
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Formats of rows (fields not named here are ignored); a line may hold several objects:",
      "  documents      {id, text} and, if wanted, title, revision, kind (UPSERT, DELETE, PURGE),",
      "                 eventTime, split, link, license, source",
      "  passages       {id, title, text}: one row is one passage, never split",
      "  tsv            columns under a header that names id, text and, if wanted, title, as DPR's",
      "                 passages have it; never split",
      "  wikiextractor  {id, revid, url, title, text}: revid is the revision",
      "Of a text file the id is its path in the folder, with / between its parts, the title that",
      "of its front matter, its first heading or its name; --revision NUMBER holds for it too.",
      "Of a folder are loaded .txt, .md, .markdown, .jsonl, .ndjson and WikiExtractor's wiki_00",
      "(with --format tsv: .tsv instead of JSON lines). Hidden files and folders and node_modules",
      "are left out, unless they are named themselves.",
      "",
      "Example: realm load notes --id-prefix notes/ --delete-missing",
      "Example: realm load enwiki.jsonl.bz2 --format wikiextractor --wait",
      "Example: realm load crawl.jsonl --id-field url --text-field body --revision fetched"
    })
public final class LoadCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "JSON lines or another format's rows, plain, .gz or .bz2; .txt or .md; a folder of them;"
              + " a pipe; - for rows on standard input.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "documents",
      description = "Form of the rows: documents, passages, tsv or wikiextractor.")
  private DocumentFormat format = DocumentFormat.DOCUMENTS;

  @Mixin private final MissingOptions missing = new MissingOptions();
  @Mixin private final RowFieldOptions fields = new RowFieldOptions();

  @Option(
      names = "--wait",
      description =
          "Return when all of it is answerable, with counts of what was added, updated, unchanged,"
              + " deleted, stale and failed. Else return when all of it is sent for certain.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description =
          "With --wait: give up when no document became answerable for so long"
              + " (default: ${DEFAULT-VALUE}).")
  @Range(min = 1, max = Range.SECONDS_MAX)
  private long timeoutSeconds = 600;

  @Option(
      names = "--resume-at",
      paramLabel = "FILE:LINE",
      converter = PositionConverter.class,
      description = "Leave out all rows before this one, as an interrupted load said.")
  private @Nullable Position resumeAt;

  @Override
  public Integer call() throws IOException {
    missing.check(resumeAt != null);
    Connection connection = kafka.connect();
    try (Inputs inputs = Inputs.of(files, format, fields.fields(), streams.in())) {
      if (resumeAt != null) {
        inputs.from(resumeAt);
      }
      connection.require(connection.topics().documents(), connection.topics().documentStatus());
      inputs.leftOut().forEach(streams.err()::println);
      MissingDocuments absent = missing.read(connection);
      inputs.changed(row -> changed(row, absent));
      LongFunction<List<DocumentEdit>> deletions = bad -> deletions(absent, bad);
      try (Progress progress = Progress.on(streams, "load", "documents")) {
        return wait
            ? untilAnswerable(connection, inputs, progress, deletions)
            : untilSent(connection, inputs, progress, deletions);
      }
    }
  }

  private InputRow changed(InputRow row, @Nullable MissingDocuments absent) {
    InputRow changed = row.under(missing.prefix());
    if (absent != null && changed.edit() != null) {
      absent.loaded(changed.edit().id());
    }
    return changed;
  }

  /** What is to be deleted; else a list of what would be. */
  private List<DocumentEdit> deletions(@Nullable MissingDocuments absent, long bad) {
    List<DocumentEdit> all = absent == null ? List.of() : absent.deletions();
    if (missing.confirmed() && bad > 0) {
      streams.err().println("nothing is deleted: what is bad here may be what is missing there");
      return List.of();
    }
    all.forEach(deletion -> streams.out().println("missing  " + deletion.id()));
    if (!missing.confirmed() && !all.isEmpty()) {
      streams.err().println(all.size() + " documents are missing; --confirm deletes them");
    }
    return missing.confirmed() ? all : List.of();
  }

  private int untilSent(
      Connection connection,
      Inputs inputs,
      Progress progress,
      LongFunction<List<DocumentEdit>> deletions)
      throws IOException {
    try (Interruption interruption = Interruption.watch();
        EditSender<Position> sender = new EditSender<>(connection, null)) {
      Load load = new Load(inputs, sender, null, progress);
      long bad = load.run(interruption, silence(connection), deletions);
      progress.close();
      streams.out().println(Page.format("sent %,d, failed %,d", sender.acknowledged(), bad));
      return bad == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private int untilAnswerable(
      Connection connection,
      Inputs inputs,
      Progress progress,
      LongFunction<List<DocumentEdit>> deletions)
      throws IOException {
    EditCounts counts = new EditCounts(progress::message);
    try (Interruption interruption = Interruption.watch();
        StatusWatch watch = StatusWatch.open(connection, counts::add);
        EditSender<Position> sender = new EditSender<>(connection, watch.outstanding())) {
      Load load = new Load(inputs, sender, watch, progress);
      long bad = load.run(interruption, silence(connection), deletions);
      counts.addFailed(bad);
      progress.close();
      streams.out().println(counts.describe());
      return counts.of(Outcome.FAILED) == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private Silence silence(Connection connection) {
    return new Silence(connection, Duration.ofSeconds(timeoutSeconds));
  }
}
