package io.realmstream.deploy.cli.wikipedia;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicOffsets;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.wikipedia.dump.Exports;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;

/**
 * Imports an export of a hundred thousand pages into a real broker, once in one go and once killed
 * five times, while WikipediaFollower makes documents of them. It prints pages and megabytes a
 * second, the importer's heap, and what came twice. Nothing is embedded.
 *
 * <pre>
 * java ... ImportMeasurement FOLDER [PAGES]
 * </pre>
 */
public final class ImportMeasurement {
  private static final String[] NAMES = {
    "enwiki-2026-04-01-a.xml",
    "enwiki-2026-04-01-b.xml.gz",
    "enwiki-2026-04-01-c.xml.bz2",
    "enwiki-2026-04-01-d.xml.bz2"
  };
  private static final String[] WORDS =
      "the river of a town in which [[people]] lived since '''1815''' and {{convert|5|km}} wrote & sang"
          .split(" ");
  private static final int KILLS = 5;
  private static final Pattern HEAP_AFTER = Pattern.compile("->(\\d+)M\\(");

  private final Path folder;
  private final int pages;
  private final List<String> files = new ArrayList<>();
  private int wanted;
  private int articles;
  private long xmlBytes;

  private ImportMeasurement(Path folder, int pages) {
    this.folder = folder;
    this.pages = pages;
  }

  public static void main(String[] arguments) throws Exception {
    int pages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
    ImportMeasurement measurement = new ImportMeasurement(Path.of(arguments[0]), pages);
    measurement.write();
    try (TestBroker broker = TestBroker.start(Path.of(arguments[0], "broker"))) {
      measurement.inOneGo(broker);
      measurement.killed(broker);
    }
  }

  /** Every tenth page is a talk page, every eleventh a redirect. */
  private void write() throws Exception {
    Random random = new Random(7);
    for (int file = 0; file < NAMES.length; file++) {
      Path path = folder.resolve(NAMES[file]);
      files.add(path.toString());
      try (OutputStream out = Exports.compressed(path)) {
        out.write(Exports.head(file % 2 == 0 ? "0.10" : "0.11").getBytes(UTF_8));
        for (int page = 1 + file; page <= pages; page += NAMES.length) {
          byte[] xml = page(page, random).getBytes(UTF_8);
          xmlBytes += xml.length;
          out.write(xml);
        }
        out.write(Exports.tail().getBytes(UTF_8));
      }
    }
    System.out.printf(
        "%,d pages, %,d of them in namespace 0, %,d bytes of XML%n", pages, wanted, xmlBytes);
  }

  private String page(int page, Random random) {
    StringBuilder text = new StringBuilder();
    for (int words = 50 + random.nextInt(700); words > 0; words--) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(words % 15 == 0 ? ".\n\n" : " ");
    }
    if (page % 10 == 0) {
      return Exports.page(page, "Talk:Title " + page, text.toString())
          .replace("<ns>0</ns>", "<ns>1</ns>");
    }
    wanted++;
    articles += page % 11 == 0 ? 0 : 1;
    return page % 11 == 0
        ? Exports.page(page, "Title " + page, "#REDIRECT [[Title]]")
            .replace("<revision>", "<redirect title=\"Title\" /><revision>")
        : Exports.page(page, "Title " + page, text.toString());
  }

  private void inOneGo(TestBroker broker) throws Exception {
    Connection connection = broker.topics("whole");
    Path log = folder.resolve("gc.log");
    try (FollowerAlone follower = follower(broker, connection)) {
      long start = System.nanoTime();
      try (CommandProcess process = start(broker, "whole", "-Xmx96m", "-Xlog:gc:file=" + log)) {
        int code = process.process().waitFor();
        System.out.printf("in one go: exit code %d, %s", code, lastLine(process));
      }
      rate("up to the events topic, with the start of the JVM", start);
      report(follower);
      rate("up to the documents topic", start);
    }
    System.out.println("heap after collections, MiB, by tenths: " + heap(log));
    report(connection);
  }

  private void rate(String what, long startNanos) throws Exception {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    System.out.printf(
        "%s: %.1f s, %,.0f pages/s, %.1f MB/s of XML, %.1f on disk%n",
        what, seconds, pages / seconds, xmlBytes / 1e6 / seconds, bytesOnDisk() / 1e6 / seconds);
  }

  private void killed(TestBroker broker) throws Exception {
    Connection connection = broker.topics("killed");
    try (FollowerAlone follower = follower(broker, connection)) {
      kill(broker, connection);
      report(follower);
    }
    report(connection);
  }

  private FollowerAlone follower(TestBroker broker, Connection connection) throws Exception {
    Path directory = folder.resolve("follower-" + connection.topics().prefix());
    return FollowerAlone.start(directory.toAbsolutePath(), broker, connection);
  }

  private void kill(TestBroker broker, Connection connection) throws Exception {
    for (int kill = 1; kill <= KILLS; kill++) {
      try (CommandProcess process = start(broker, "killed", "-Xmx96m")) {
        long enough = (long) wanted * kill / (KILLS + 1);
        while (process.process().isAlive() && records(connection) < enough) {
          TimeUnit.MILLISECONDS.sleep(20);
        }
      }
    }
    try (CommandProcess process = start(broker, "killed", "-Xmx96m")) {
      System.out.printf("killed %d times: exit code %d%n", KILLS, process.process().waitFor());
    }
  }

  private CommandProcess start(TestBroker broker, String prefix, String... flags) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("wikipedia", "import", "--wiki", "enwiki"));
    arguments.addAll(List.of("--no-wait", "--topic-prefix", prefix));
    arguments.addAll(List.of("--bootstrap-servers", broker.servers()));
    arguments.addAll(List.of("--progress", folder.resolve(prefix).toString()));
    arguments.addAll(files);
    return CommandProcess.start(
        folder.resolve(prefix + ".txt"), List.of(flags), arguments.toArray(String[]::new));
  }

  private static long records(Connection connection) {
    try (Admin admin = connection.admin()) {
      return TopicOffsets.of(admin, connection.topics().wikipediaEvents()).records();
    }
  }

  private void report(FollowerAlone follower) throws Exception {
    follower.awaitRead();
    Map<String, Integer> published = follower.published();
    System.out.printf(
        "documents published: %,d of %,d articles; more than once: %,d%n",
        published.size(),
        articles,
        published.values().stream().filter(times -> times != 1).count());
  }

  private void report(Connection connection) {
    BitSet found = new BitSet();
    int[] records = new int[1];
    TopicReplay.forEach(
        connection,
        connection.topics().wikipediaEvents(),
        Codecs.WIKIPEDIA_OBSERVED,
        (WikipediaObserved observed) -> {
          found.set((int) observed.pageId());
          records[0]++;
        });
    System.out.printf(
        "pages in the topic: %,d of %,d; records that repeat one: %,d%n",
        found.cardinality(), wanted, records[0] - found.cardinality());
  }

  private static String lastLine(CommandProcess process) throws Exception {
    return process.printed().lines().reduce((a, b) -> b).orElse("") + "\n";
  }

  private long bytesOnDisk() throws Exception {
    long bytes = 0;
    for (String file : files) {
      bytes += Files.size(Path.of(file));
    }
    return bytes;
  }

  /** The largest heap after a collection in each tenth of the run. */
  private static List<Integer> heap(Path log) throws Exception {
    List<Integer> after = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      Matcher heap = HEAP_AFTER.matcher(line);
      if (heap.find()) {
        after.add(Integer.valueOf(heap.group(1)));
      }
    }
    List<Integer> tenths = new ArrayList<>();
    for (int tenth = 0; tenth < 10; tenth++) {
      tenths.add(
          after.subList(after.size() * tenth / 10, after.size() * (tenth + 1) / 10).stream()
              .max(Integer::compare)
              .orElse(0));
    }
    return tenths;
  }
}
