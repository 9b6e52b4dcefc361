package io.realmstream.deploy.cli.wikipedia;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.wikipedia.dump.Exports;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class ImportIT {
  private static final String TEXT = "Words of a page. ".repeat(60);

  private final Path directory;

  ImportIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void everyPageIsInKafkaThoughTheImportIsKilled() throws Exception {
    Path first = export("enwiki-2026-04-01-p1p3000.xml.bz2", "0.11", 1, 3000);
    Path second = export("enwiki-2026-04-01-p3001p6000.xml.gz", "0.10", 3001, 6000);
    Path third = multistream(6001, 7500);
    try (TestBroker broker = TestBroker.start(directory.resolve("broker"))) {
      Connection connection = broker.topics("realm");
      for (int kill = 1; kill <= 2; kill++) {
        int pages = 1500 * kill;
        try (CommandProcess process = start(broker, first, second, third)) {
          await()
              .atMost(Duration.ofSeconds(60))
              .until(() -> !process.process().isAlive() || keys(connection).size() >= pages);
        }
      }
      try (CommandProcess process = start(broker, first, second, third)) {
        assertThat(process.process().waitFor()).isEqualTo(ExitCode.OK);
      }
      Map<String, Integer> keys = keys(connection);
      assertThat(keys).hasSize(7500);
      int records = keys.values().stream().mapToInt(Integer::intValue).sum();
      assertThat(records).isLessThan(2 * 7500 + 7500);
      try (CommandProcess again = start(broker, first, second, third)) {
        assertThat(again.process().waitFor()).isEqualTo(ExitCode.OK);
        assertThat(again.printed()).contains("is imported already").contains("sent 0 pages");
      }
    }
  }

  @Test
  void whatCannotBeUsedIsReportedAndTheOtherFilesAreImported() throws Exception {
    Path cut = export("enwiki-20260401-cut.xml", "0.11", 1, 20);
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 500));
    Path whole = export("enwiki-20260401-whole.xml", "0.11", 101, 102);
    Path odd =
        Exports.write(
            directory.resolve("enwiki-20260401-odd.xml"),
            Exports.head("0.11"),
            "<page><title>Empty</title><ns>0</ns><id>7</id></page>",
            Exports.page(8, "Talk:A", "a").replace("<ns>0</ns>", "<ns>1</ns>"),
            Exports.tail());
    try (TestBroker broker = TestBroker.start(directory.resolve("broker"))) {
      Connection connection = broker.topics("realm");
      CommandRun run =
          broker.run(
              "realm",
              "wikipedia",
              "import",
              "--wiki",
              "enwiki",
              "--no-wait",
              "--dir",
              directory.toString(),
              cut.toString(),
              whole.toString(),
              odd.toString());
      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.err())
          .contains("the last good one is page 19 (Title 19)")
          .contains("page 7 (Empty): it has no revision");
      assertThat(run.out()).contains("sent 21 pages").contains("other namespaces 1, bad 1");
      assertThat(keys(connection)).hasSize(21).containsKeys("enwiki:19", "enwiki:102");
    }
  }

  @Test
  void sumThatDiffersIsFoundBeforeAnythingIsSent() throws Exception {
    Path file = export("enwiki-20260401-a.xml", "0.11", 1, 2);
    Files.writeString(directory.resolve("SHA256SUMS"), "00  " + file.getFileName() + "\n");
    try (TestBroker broker = TestBroker.start(directory.resolve("broker"))) {
      Connection connection = broker.topics("realm");
      CommandRun run =
          broker.run(
              "realm",
              ("wikipedia import --wiki enwiki --no-wait --dir " + directory + " " + file)
                  .split(" "));
      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.err()).contains("is not what SHA256SUMS says").contains("no _SUCCESS");
      assertThat(keys(connection)).isEmpty();
    }
  }

  @Test
  void severalFilesAreReadAtOnce() throws Exception {
    Path first = export("enwiki-2026-04-01-p1p300.xml.bz2", "0.11", 1, 300);
    Path second = export("enwiki-2026-04-01-p301p600.xml", "0.11", 301, 600);
    try (TestBroker broker = TestBroker.start(directory.resolve("broker"))) {
      Connection connection = broker.topics("realm");
      assertThat(load(broker, "", first, second).out()).contains("sent 600 pages");
      Map<Integer, Long> lastOfFirst = new TreeMap<>();
      Map<Integer, Long> beginOfSecond = new TreeMap<>();
      for (ConsumerRecord<byte[], byte[]> record :
          TestBroker.read(connection, "realm.wikipedia-events.v1")) {
        if (Codecs.WIKIPEDIA_OBSERVED.decode(record.value()).pageId() <= 300) {
          lastOfFirst.merge(record.partition(), record.offset(), Math::max);
        } else {
          beginOfSecond.merge(record.partition(), record.offset(), Math::min);
        }
      }
      assertThat(beginOfSecond)
          .isNotEmpty()
          .allSatisfy(
              (partition, offset) -> assertThat(offset).isLessThan(lastOfFirst.get(partition)));
    }
  }

  @Test
  void importOfOtherNamespacesOfTheSameFileIsAnotherOne() throws Exception {
    Path file =
        Exports.write(
            directory.resolve("enwiki-20260401.xml"),
            Exports.head("0.11"),
            Exports.page(7, "A", TEXT + 7),
            Exports.page(8, "Talk:A", TEXT + 8).replace("<ns>0</ns>", "<ns>1</ns>"),
            Exports.tail());
    try (TestBroker broker = TestBroker.start(directory.resolve("broker"))) {
      Connection connection = broker.topics("realm");
      assertThat(load(broker, "", file).out()).contains("sent 1 pages");
      assertThat(load(broker, " --namespace 1", file).out()).contains("sent 1 pages");
      assertThat(load(broker, "", file).err()).contains("is imported already");
      assertThat(keys(connection)).hasSize(2).containsKeys("enwiki:7", "enwiki:8");
    }
  }

  private CommandRun load(TestBroker broker, String option, Path... files) {
    String names = Arrays.stream(files).map(Path::toString).collect(Collectors.joining(" "));
    String arguments = "wikipedia import --wiki enwiki --no-wait" + option;
    return broker.run("realm", (arguments + " --dir " + directory + " " + names).split(" "));
  }

  private Path export(String name, String version, int first, int last) throws Exception {
    String[] parts = new String[last - first + 3];
    parts[0] = Exports.head(version);
    for (int page = first; page <= last; page++) {
      parts[page - first + 1] = Exports.page(page, "Title " + page, TEXT + page);
    }
    parts[parts.length - 1] = Exports.tail();
    return Exports.write(directory.resolve(name), parts);
  }

  private Path multistream(int first, int last) throws Exception {
    String[] pages = new String[last - first + 1];
    for (int page = first; page <= last; page++) {
      pages[page - first] = Exports.page(page, "Title " + page, TEXT + page);
    }
    Path dump = directory.resolve("enwiki-20260401-pages-articles-multistream.xml.bz2");
    Exports.multistream(dump, 100, pages);
    return dump;
  }

  private CommandProcess start(TestBroker broker, Path... files) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("wikipedia", "import", "--wiki", "enwiki"));
    arguments.addAll(List.of("--no-wait", "--bootstrap-servers", broker.servers()));
    arguments.addAll(List.of("--dir", directory.toString()));
    for (Path file : files) {
      arguments.add(file.toString());
    }
    return CommandProcess.start(directory.resolve("printed"), arguments.toArray(String[]::new));
  }

  /** How often each page is there, each with its text. */
  private static Map<String, Integer> keys(Connection connection) throws Exception {
    Map<String, Integer> keys = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record :
        TestBroker.read(connection, "realm.wikipedia-events.v1")) {
      WikipediaObserved observed = Codecs.WIKIPEDIA_OBSERVED.decode(record.value());
      String key = new String(record.key(), UTF_8);
      assertThat(observed.key()).isEqualTo(key);
      assertThat(observed.observedAt()).isEqualTo(Exports.DATE);
      assertThat(observed.revision().text()).isEqualTo(TEXT + observed.pageId());
      keys.merge(key, 1, Integer::sum);
    }
    return keys;
  }
}
