package io.realmstream.model.measurement;

import com.sun.management.OperatingSystemMXBean;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a text of 4 MiB without a sentence end costs, beside a short text: time, and the most memory
 * that the process ever had (Linux). Arguments: a directory for the models' files, what is done
 * with the text ({@code whole}, {@code split}, {@code passage} or {@code question}), of what it is
 * made ({@code letters}, {@code words}, {@code dots}, {@code cjk}, {@code chinese}, {@code
 * japanese}, {@code cyrillic} or {@code short}), how many threads do it at once. One case a run,
 * with a heap that is small, so that the heap's own growth does not count: {@code -Xmx256m}.
 */
final class LongTextMeasurement {
  private static final int BYTES = 4 << 20;

  private final Encoder documents;
  private final Encoder queries;
  private final SpanReader reader;

  private LongTextMeasurement(Encoder documents, Encoder queries, SpanReader reader) {
    this.documents = documents;
    this.queries = queries;
    this.reader = reader;
  }

  public static void main(String[] arguments) throws Exception {
    RetrieverCheckpoint e5 = DefaultCheckpoints.e5();
    PartCache cache =
        new PartCache(
            Path.of(arguments[0]), PartOpener.local(LongTextMeasurement.class.getClassLoader()));
    try (Encoder documents = Encoder.open(e5.documentTower(), cache);
        Encoder queries = Encoder.open(e5.queryTower(), cache);
        SpanReader reader = SpanReader.open(e5.reader(), cache)) {
      LongTextMeasurement measurement = new LongTextMeasurement(documents, queries, reader);
      String text = text(arguments[2]);
      int threads = Integer.parseInt(arguments[3]);
      measurement.run(arguments[1], "A short text.", threads);
      System.out.printf("%s of %s, %d at once%n", arguments[1], arguments[2], threads);
      measurement.print("short", arguments[1], "A short text.", threads);
      measurement.print("long", arguments[1], text, threads);
    }
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      lines.filter(line -> line.startsWith("VmHWM")).forEach(System.out::println);
    }
  }

  /** Processor time is the process's, that of the just-in-time compiler, too. */
  private void print(String name, String what, String text, int threads) throws Exception {
    long before = processorNanos();
    double ms = run(what, text, threads);
    double processorMs = (processorNanos() - before) / 1e6;
    System.out.printf("%s %.0f ms, of processors %.0f ms%n", name, ms, processorMs);
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static String text(String kind) {
    return switch (kind) {
      case "letters" -> "x".repeat(BYTES);
      case "words" -> "a ".repeat(BYTES / 2);
      case "dots" -> ".".repeat(BYTES);
      case "cjk" -> "\u6771".repeat(BYTES / 3);
      case "chinese" -> "\u6771\u4eac\u90fd\uff0c".repeat(BYTES / 12);
      case "japanese" -> "\u6771\u4eac\u306f\u5927\u304d\u3044".repeat(BYTES / 18);
      case "cyrillic" -> "\u0436".repeat(BYTES / 2);
      default -> "A text that is short, too.";
    };
  }

  private double run(String what, String text, int threads) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    long started = System.nanoTime();
    try {
      List<Callable<Object>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(() -> run(what, text));
      }
      for (Future<Object> done : executor.invokeAll(calls)) {
        done.get();
      }
    } finally {
      executor.shutdownNow();
    }
    return (System.nanoTime() - started) / 1e6;
  }

  private Object run(String what, String text) throws Exception {
    return switch (what) {
      case "whole" -> documents.trunkOfPassage("Title", text);
      case "split" -> documents.splitter().split("Title", text);
      case "passage" -> reader.read("Who?", "Title", text);
      case "question" -> queries.embedQuery(text);
      default -> throw new IllegalArgumentException(what);
    };
  }
}
