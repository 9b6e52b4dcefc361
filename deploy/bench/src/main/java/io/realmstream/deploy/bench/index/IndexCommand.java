package io.realmstream.deploy.bench.index;

import io.realmstream.deploy.bench.vectors.FileVectors;
import io.realmstream.deploy.bench.vectors.SyntheticVectors;
import io.realmstream.deploy.bench.vectors.VectorSource;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says how fast the index is. */
@Command(
    name = "index",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the index on this machine: the operator that the retriever runs, on RocksDB, on one"
          + " thread.",
      "Searches with the heap cache, without it, and four at once take turns; what they find is"
          + " checked against a plain loop."
    })
public final class IndexCommand implements Callable<Integer> {
  /** What a vector needs on the heap beside its codes, with room for what is not full. */
  private static final int ROW_BYTES = 60;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Option(
      names = "--count",
      split = ",",
      defaultValue = "200000",
      description =
          "Synthetic passages; several counts give a run each. Default: ${DEFAULT-VALUE}.")
  @Range(min = 100)
  private List<Integer> counts = List.of();

  @Option(
      names = "--dimension",
      defaultValue = "384",
      description = "Of the synthetic vectors. Default: ${DEFAULT-VALUE}.")
  @Range(min = 2)
  private int dimension;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "Measure these embeddings instead: JSON lines, each an array of numbers or an object with"
              + " an array \"vector\"; the last tenth are the queries.")
  private @Nullable Path file;

  @Option(names = "--k", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.")
  @Range(min = 1)
  private int k;

  @Option(
      names = "--queries",
      defaultValue = "40",
      description = "In each round and variant. Default: ${DEFAULT-VALUE}.")
  @Range(min = 4)
  private int queries;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "In which the variants take turns. Default: ${DEFAULT-VALUE}.")
  @Range(min = 1)
  private int rounds;

  @Option(
      names = "--recall-queries",
      defaultValue = "1000",
      description =
          "By which recall is measured, and how many cells .95 takes. Default: ${DEFAULT-VALUE}.")
  @Range(min = 1)
  private int recallQueries;

  @Option(
      names = "--quick",
      description = "20,000 passages, 3 rounds of 20 queries, 200 for recall.")
  private boolean quick;

  @Option(names = "--rescale", description = "Restore to 2, 4 and 2 subtasks as well.")
  private boolean rescale;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "Leave the vectors (float32, one after the other) and the figures there, for"
              + " deploy/bench/libraries.py.")
  private @Nullable Path out;

  @Option(
      names = "--in-turns",
      description = "Wait for a line on standard input before each round of searches.")
  private boolean inTurns;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "Draw what a query costs against the number of passages, as SVG.")
  private @Nullable Path picture;

  @Option(names = "--json", description = "One line of JSON a figure.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (quick) {
      counts = List.of(20_000);
      rounds = 3;
      queries = 20;
      recallQueries = 200;
    }
    requireSense();
    List<Figure> figures = new ArrayList<>();
    for (int count : counts) {
      List<Figure> measured = measure(vectors(count));
      print(measured);
      figures.addAll(measured);
    }
    if (out != null) {
      new BenchFiles(out).writeFigures(figures);
    }
    if (picture != null) {
      new CostPicture(figures).write(picture, title());
    }
    return ExitCode.OK;
  }

  private String title() {
    return "CPU time of a query: one thread, k = %d, %s; cells at recall@%d .95 or more"
        .formatted(k, file == null ? dimension + " dimensions" : file.getFileName(), k);
  }

  private void requireSense() {
    if (counts.size() != 1 && (file != null || out != null)) {
      throw new ParameterException(
          spec.commandLine(), "--file and --out are about one run: give one --count");
    }
  }

  private List<Figure> measure(VectorSource vectors) throws Exception {
    long cacheBytes = (long) vectors.count() * (vectors.dimension() + ROW_BYTES) * 2;
    IndexSettings settings =
        new IndexSettings(k, queries / 4 * 4, rounds, recallQueries, cacheBytes, rescale);
    if (out != null) {
      new BenchFiles(out).writeVectors(vectors, settings);
    }
    Path folder = Files.createTempDirectory("realm-bench-index");
    try {
      return new IndexBench(vectors, settings, this::progress, this::turn).run(folder);
    } finally {
      Folders.delete(folder);
    }
  }

  private void progress(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("realm bench: " + line);
    err.flush();
  }

  private void turn(String line) {
    progress(line);
    try {
      while (inTurns && System.in.read() > '\n') {
        // the rest of the line does not matter
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private VectorSource vectors(int count) throws IOException {
    if (file == null) {
      return new SyntheticVectors(count, dimension, seed);
    }
    try {
      return FileVectors.read(file);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void print(List<Figure> figures) {
    PrintWriter stdout = spec.commandLine().getOut();
    figures.forEach(row -> stdout.println(json ? Json.line(row) : row.line()));
    stdout.flush();
  }
}
