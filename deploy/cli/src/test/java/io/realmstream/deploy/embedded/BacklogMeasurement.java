package io.realmstream.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.wikipedia.dump.Exports;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A fresh edit every few seconds while a dump is imported, against the same on an idle system.
 *
 * <pre>
 * java ... BacklogMeasurement [--pages 20000] [--every 10] [--edits 60]
 * </pre>
 *
 * The import of so many pages takes more than an hour. It is left when the fresh edits are done.
 */
@Command(name = "backlog", mixinStandardHelpOptions = true)
public final class BacklogMeasurement implements Callable<Integer> {
  private static final int FRESH = 20;

  @Mixin private final MeasuredFollower follower = new MeasuredFollower();

  @Option(names = "--pages", defaultValue = "20000", description = "Default: ${DEFAULT-VALUE}.")
  private int pages = 20_000;

  @Option(
      names = "--every",
      defaultValue = "10",
      description = "Seconds from one fresh edit to the next: ${DEFAULT-VALUE}.")
  private int every = 10;

  @Option(
      names = "--edits",
      defaultValue = "60",
      description =
          "Fresh edits on the idle system, and as many during the import: ${DEFAULT-VALUE}.")
  private int edits = 60;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BacklogMeasurement()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    follower.run(this::measure);
    return 0;
  }

  private void measure(Path directory, FollowedTraffic traffic) throws Exception {
    List<MadeUpPage> fresh = LongStream.rangeClosed(1, FRESH).mapToObj(MadeUpPage::new).toList();
    MeasuredFollower.load(traffic, fresh);
    FollowedTraffic.Counts alone = edit(traffic, fresh, () -> traffic.counts().sent < edits);
    System.out.println("idle: " + MeasuredFollower.percentiles(alone));

    Path export = export(directory.resolve("enwiki-2026-04-01.xml"));
    long start = System.nanoTime();
    CompletableFuture<CommandRun> imported =
        CompletableFuture.supplyAsync(
            () ->
                CommandRun.of(
                    "wikipedia",
                    "import",
                    export.toString(),
                    "--wiki=enwiki",
                    "--dir=" + directory));
    FollowedTraffic.Counts behind =
        edit(traffic, fresh, () -> traffic.counts().sent < edits && !imported.isDone());
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println("during the import: " + MeasuredFollower.percentiles(behind));
    System.out.printf(
        Locale.ROOT,
        "p99 %.2f times that of the idle system, in %.0f s; the import of %,d pages %s%n",
        behind.answerableMs.percentile(99) / alone.answerableMs.percentile(99),
        seconds,
        pages,
        imported.isDone() ? imported.get().out().strip() : "went on");
  }

  /** One edit every few seconds; returns when all are answerable. */
  private FollowedTraffic.Counts edit(
      FollowedTraffic traffic, List<MadeUpPage> fresh, BooleanSupplier goOn) {
    FollowedTraffic.Counts counts = traffic.restart();
    long nextNanos = System.nanoTime();
    while (goOn.getAsBoolean()) {
      if (System.nanoTime() >= nextNanos) {
        nextNanos += Duration.ofSeconds(every).toNanos();
        MadeUpPage page = fresh.get(counts.sent % fresh.size());
        page.edit();
        traffic.send(page);
      }
      traffic.poll(Duration.ofMillis(50));
    }
    traffic.awaitAll();
    return counts;
  }

  /** Pages behind the fresh ones. */
  private Path export(Path file) throws Exception {
    try (OutputStream out = Exports.compressed(file)) {
      out.write(Exports.head("0.11").getBytes(UTF_8));
      for (long id = FRESH + 1; id <= FRESH + pages; id++) {
        MadeUpPage page = new MadeUpPage(id);
        out.write(Exports.page(id, page.title(), page.wikitext()).getBytes(UTF_8));
      }
      out.write(Exports.tail().getBytes(UTF_8));
    }
    return file;
  }
}
