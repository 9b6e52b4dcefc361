package io.realmstream.deploy.bench.refresh;

import io.realmstream.deploy.bench.Comparison;
import io.realmstream.deploy.bench.WarmUp;
import io.realmstream.deploy.bench.refresh.Window.Turns;
import io.realmstream.deploy.cli.evaluate.Samples;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Leads a running knowledge base from checkpoint to checkpoint. Before each there is a quiet window
 * with the same version in force and the same traffic: what a rebuild costs is the ratio of the
 * two.
 */
final class RefreshBench {
  private final Traffic traffic;
  private final Supplier<UpdaterCounters> counters;
  private final Consumer<String> progress;
  private final Map<String, Comparison> comparisons = new LinkedHashMap<>();
  private final List<Fact> facts = new ArrayList<>();

  /**
   * What is done.
   *
   * @param warmUpsMax cycles before, until the compiler rests
   * @param cycles of turns in each quiet window
   * @param rounds how often it goes through the checkpoints
   */
  record Plan(Turns turns, int warmUpsMax, int cycles, int rounds) {}

  /** A figure that stands alone. */
  record Fact(String name, double value, String unit) {}

  /** The figures with and without a rebuild, and the others. */
  record Report(List<Comparison> comparisons, List<Fact> facts) {
    Report {
      comparisons = List.copyOf(comparisons);
      facts = List.copyOf(facts);
    }
  }

  RefreshBench(Traffic traffic, Supplier<UpdaterCounters> counters, Consumer<String> progress) {
    this.traffic = traffic;
    this.counters = counters;
    this.progress = progress;
  }

  Report run(Plan plan, int documents) {
    progress.accept("loading " + documents + " documents into " + DefaultCheckpoints.NAMES.get(0));
    awaitActive(DefaultCheckpoints.e5());
    traffic.load();
    new WarmUp(1, plan.warmUpsMax())
        .run(
            () -> {
              progress.accept("turns that do not count, until the compiler rests");
              new Window().add(traffic, plan.turns(), () -> false);
            });
    List<String> names = DefaultCheckpoints.NAMES;
    for (int step = 0; step < plan.rounds() * names.size() - 1; step++) {
      step(names.get(step % names.size()), names.get((step + 1) % names.size()), plan, documents);
    }
    refreshQuerySide();
    tally();
    return new Report(List.copyOf(comparisons.values()), facts);
  }

  private void step(String from, String to, Plan plan, int documents) {
    String name = from + " -> " + to;
    awaitAlone();
    progress.accept(name + ": the quiet window");
    UpdaterCounters before = counters.get();
    Window quiet = new Window();
    for (int i = 0; i < plan.cycles(); i++) {
      quiet.add(traffic, plan.turns(), () -> false);
    }
    note(name + ", quiet", counters.get().since(before));
    progress.accept(name + ": the rebuild");
    before = counters.get();
    RetrieverCheckpoint next = DefaultCheckpoints.named(to);
    Window rebuilding = new Window();
    long start = System.nanoTime();
    traffic.publish(next);
    while (!isActive(next)) {
      rebuilding.add(traffic, plan.turns(), () -> isActive(next));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    note(name + ", rebuild", counters.get().since(before));
    facts.add(new Fact(name + ": published to in force", seconds, "s"));
    facts.add(new Fact(name + ": documents rebuilt", documents / seconds, "/s"));
    compare(name, rebuilding, quiet);
  }

  private void compare(String step, Window rebuilding, Window quiet) {
    compare(step + ": RETRIEVE", "ms", rebuilding.retrieve, quiet.retrieve);
    compare(step + ": OPEN_QA", "ms", rebuilding.openQa, quiet.openQa);
    compare(step + ": edit to answerable", "ms", rebuilding.edits, quiet.edits);
    if (!rebuilding.burstsPerSecond.isEmpty()) {
      comparison(step + ": edits at once", "/s")
          .add(rebuilding.burstsPerSecond.median(), quiet.burstsPerSecond.median());
    }
  }

  /** A rebuild may be over before a turn of each kind has come. */
  private void compare(String name, String unit, Samples rebuilding, Samples quiet) {
    if (rebuilding.isEmpty()) {
      return;
    }
    for (int percent : List.of(50, 95)) {
      comparison(name + ", p" + percent, unit)
          .add(rebuilding.percentile(percent), quiet.percentile(percent));
    }
    progress.accept(name + ": " + rebuilding.count() + " samples, quiet " + quiet.count());
  }

  private Comparison comparison(String name, String unit) {
    return comparisons.computeIfAbsent(name, any -> new Comparison(name, unit));
  }

  private void note(String name, UpdaterCounters done) {
    facts.add(new Fact(name + ": passages embedded", done.embedded(), ""));
    facts.add(new Fact(name + ": passages re-projected", done.reprojected(), ""));
    facts.add(new Fact(name + ": passages reused", done.reused(), ""));
    facts.add(new Fact(name + ": passages checked", done.checked(), ""));
  }

  /** Another prefix of questions, with no edit meanwhile: no passage may be touched. */
  private void refreshQuerySide() {
    awaitAlone();
    VersionEntry active = Objects.requireNonNull(traffic.table().active());
    RetrieverCheckpoint next = withPrefix(active.checkpoint(), "question: ");
    UpdaterCounters before = counters.get();
    long start = System.nanoTime();
    traffic.publish(next);
    awaitActive(next);
    int version = Objects.requireNonNull(traffic.table().active()).version();
    while (!traffic.tally().byVersion().containsKey(version)) {
      traffic.ask(QueryKind.RETRIEVE);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    note("query side alone", counters.get().since(before));
    facts.add(new Fact("query side alone: published to its first answer", seconds, "s"));
  }

  private void tally() {
    Traffic.Tally tally = traffic.tally();
    facts.add(new Fact("questions sent", tally.sent(), ""));
    facts.add(new Fact("questions answered", tally.answered(), ""));
    facts.add(new Fact("answers failed, partial or not exact", tally.faulty(), ""));
    facts.add(new Fact("dead letters", tally.deadLetters(), ""));
    tally
        .byVersion()
        .forEach(
            (version, count) -> facts.add(new Fact("answers of version " + version, count, "")));
  }

  private static RetrieverCheckpoint withPrefix(RetrieverCheckpoint checkpoint, String prefix) {
    EncoderTower queries = checkpoint.queryTower();
    EncoderTower other =
        new EncoderTower(
            queries.trunk(),
            queries.tokenizer(),
            queries.projection(),
            queries.pooling(),
            queries.normalized(),
            prefix,
            queries.title(),
            queries.tokensMax());
    return new RetrieverCheckpoint(
        checkpoint.retriever() + "-" + prefix.strip(),
        checkpoint.documentTower(),
        other,
        checkpoint.reader(),
        checkpoint.scoreScale(),
        null,
        null,
        null);
  }

  private void awaitActive(RetrieverCheckpoint checkpoint) {
    traffic.await(checkpoint.retriever() + " in force", () -> isActive(checkpoint));
  }

  /** Until no other version is written: an edit is embedded once. */
  private void awaitAlone() {
    traffic.await(
        "one version alone",
        () -> {
          VersionTable table = traffic.table();
          List<VersionEntry> written = table.written();
          return written.size() == 1
              && written.get(0).state() == VersionState.ACTIVE
              && written.get(0).complete();
        });
  }

  private boolean isActive(RetrieverCheckpoint checkpoint) {
    VersionEntry active = traffic.table().active();
    return active != null && active.checkpoint().equals(checkpoint);
  }
}
