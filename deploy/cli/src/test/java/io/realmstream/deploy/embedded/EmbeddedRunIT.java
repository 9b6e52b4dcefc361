package io.realmstream.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.embedded.cluster.CountingJob;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.host.RunFile;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.json.Codecs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Composition alone: a counting job stands where the real ones are not the point. */
@Timeout(300)
class EmbeddedRunIT {
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void forgetOtherTests() {
    CountingJob.FIRST_COUNTS.clear();
  }

  @Test
  void aStoppedRunResumesUnlessItsStateIsDiscarded(@TempDir Path directory) throws Exception {
    try (EmbeddedRun run = start(directory, 0, false)) {
      assertThat(firstCount()).isZero();
      RunFile addresses = run.announce();
      assertThat(RunFile.read(directory)).contains(addresses);
      assertThat(addresses.pid()).isEqualTo(ProcessHandle.current().pid());
      assertThat(EmbeddedRun.process(directory)).hasValue(addresses.pid());
    }
    assertThat(RunFile.read(directory)).isEmpty();
    assertThat(EmbeddedRun.process(directory)).isEmpty();
    try (EmbeddedRun run = start(directory, 0, false)) {
      assertThat(firstCount()).isPositive();
      // published by the first start, left alone by the second
      assertThat(checkpoints(run))
          .containsExactly(Codecs.RETRIEVER_CHECKPOINT.encode(DefaultCheckpoints.minilm()));
    }
    try (EmbeddedRun run = start(directory, 0, true)) {
      assertThat(firstCount()).isZero();
      assertThat(run.dashboard()).startsWith("http://localhost:");
    }
    assertThat(progress).contains("discarded the jobs' checkpoints");
  }

  @Test
  void oneJobsStateIsDiscardedAndTheOtherResumes(@TempDir Path directory) throws Exception {
    EmbeddedJob one = CountingJob.named("one");
    EmbeddedJob other = CountingJob.named("other");
    try (EmbeddedRun run = start(directory, List.of(one, other))) {
      assertThat(run.dashboard()).isNotEmpty();
      assertThat(List.of(firstCount(), firstCount())).containsOnly(0L);
    }
    try (EmbeddedRun run = start(directory, List.of(one, other.discardingState()))) {
      assertThat(run.dashboard()).isNotEmpty();
      assertThat(List.of(firstCount(), firstCount()))
          .containsOnlyOnce(0L)
          .anyMatch(count -> count > 0);
    }
    assertThat(progress)
        .contains("discarded the checkpoints of other", "other begins")
        .anyMatch(line -> line.startsWith("one resumes from "));
  }

  @Test
  void aStartThatFailsLateClosesWhatItOpened(@TempDir Path directory) throws Exception {
    EmbeddedRun.Jobs broken =
        settings -> {
          throw new IllegalStateException("no jobs");
        };
    assertThatThrownBy(
            () -> EmbeddedRun.start(settings(directory, 0, false), broken, progress::add))
        .hasMessage("no jobs");
    assertThat(EmbeddedRun.process(directory)).isEmpty();
    // Kafka's own lock is free again, too
    EmbeddedBroker.start(directory.resolve("kafka"), 0).close();
  }

  @Test
  void aTakenDashboardPortIsSaidBeforeAnythingStarts(@TempDir Path directory) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(directory, taken.getLocalPort(), false))
          .isInstanceOf(StartException.class)
          .hasMessage(
              "port %d for Flink's dashboard is taken; choose another, or 0 for a free one",
              taken.getLocalPort());
    }
    assertThat(directory.resolve("kafka")).doesNotExist();
    assertThat(EmbeddedRun.process(directory)).isEmpty();
  }

  @Test
  void aFolderThatIsAFileIsSaidInOneLine(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> start(file, 0, false))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith(file + " cannot be written: ");
  }

  /** In a mount namespace of its own, which ends with the process; not every machine allows one. */
  @Test
  void aFullDiskIsSaidInOneLine(@TempDir Path directory) throws Exception {
    String mount = "mount -t tmpfs -o size=64m none \"$0\" && exec \"$@\"";
    List<String> command =
        new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", mount, directory.toString()));
    assumeThat(succeeds(command, "true")).as("namespaces are allowed").isTrue();
    command.addAll(JavaProcess.command(Realm.class, "up", "--dir", directory.toString()));

    Process up = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(up.getInputStream().readAllBytes(), UTF_8);

    assertThat(up.waitFor()).isEqualTo(1);
    assertThat(said.lines().filter(line -> line.startsWith("realm:")))
        .singleElement()
        .asString()
        .contains("no space: 63 MiB free in " + directory, "at least 512 are needed");
  }

  private static boolean succeeds(List<String> command, String argument) throws Exception {
    List<String> all = new ArrayList<>(command);
    all.add(argument);
    try {
      return new ProcessBuilder(all).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  private EmbeddedRun start(Path directory, int dashboardPort, boolean discardState)
      throws Exception {
    return EmbeddedRun.start(
        settings(directory, dashboardPort, discardState),
        settings -> List.of(CountingJob.named("counter")),
        progress::add);
  }

  private EmbeddedRun start(Path directory, List<EmbeddedJob> jobs) throws Exception {
    return EmbeddedRun.start(settings(directory, 0, false), settings -> jobs, progress::add);
  }

  private static RunSettings settings(Path directory, int dashboardPort, boolean discardState) {
    return new RunSettings(directory, 0, dashboardPort, null, 1, "minilm", discardState);
  }

  private static long firstCount() throws InterruptedException {
    return Objects.requireNonNull(CountingJob.FIRST_COUNTS.poll(60, TimeUnit.SECONDS));
  }

  private static List<byte[]> checkpoints(EmbeddedRun run) {
    TopicPartition partition = new TopicPartition("realm.retriever-checkpoints.v1", 0);
    List<byte[]> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", run.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
