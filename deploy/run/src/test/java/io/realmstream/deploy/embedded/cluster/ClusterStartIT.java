package io.realmstream.deploy.embedded.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.deploy.flink.FlinkRest.Job;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ClusterStartIT {
  private static final EmbeddedJob COUNTER = CountingJob.named("counter");

  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void forgetOtherTests() {
    CountingJob.FIRST_COUNTS.clear();
  }

  @Test
  void theDashboardKnowsTheRunningJobByItsFixedId(@TempDir Path directory) throws Exception {
    EmbeddedCluster cluster = start(directory);
    try {
      FlinkRest flink = new FlinkRest(cluster.dashboard(), Duration.ofSeconds(30));
      String id = COUNTER.id().toHexString();
      assertThat(flink.jobs())
          .singleElement()
          .satisfies(
              job ->
                  assertThat(job).isEqualTo(new Job(id, "counter", "RUNNING", job.runningForMs())))
          .satisfies(job -> assertThat(job.runningForMs()).isPositive());
      assertThatThrownBy(() -> flink.get("/jobs/" + "0".repeat(32)))
          .isInstanceOf(ClientException.class)
          .hasMessageMatching("Flink refuses /jobs/0{32}: .*Could not find Flink job .*");
      HttpResponse<String> page =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(cluster.dashboard() + "/")).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(page.body()).contains("Apache Flink Web Dashboard");
    } finally {
      cluster.close();
    }
  }

  @Test
  void aStopLeavesACheckpointAndTheNextStartResumesFromIt(@TempDir Path directory)
      throws Exception {
    assertThat(runUntilCheckpoints(directory, 1)).isZero();
    List<Path> left = folder(directory).complete();
    EmbeddedCluster cluster = start(directory);
    assertThat(firstCount()).isPositive();
    cluster.close();
    assertThat(progress)
        .containsExactly("counter begins", "counter resumes from " + left.get(0).getFileName());
  }

  @Test
  void anUnreadableNewestCheckpointGivesWayToTheOneBefore(@TempDir Path directory)
      throws Exception {
    runUntilCheckpoints(directory, 3);
    List<Path> complete = folder(directory).complete();
    truncate(complete.get(0).resolve("_metadata"));
    EmbeddedCluster cluster = start(directory);
    assertThat(firstCount()).isPositive();
    // its number is free again
    await().until(() -> folder(directory).complete().size() >= 3);
    cluster.close();
    assertThat(progress.get(1)).isEqualTo("counter resumes from " + name(complete.get(0)));
    assertThat(progress.get(2))
        .startsWith("counter does not resume from " + name(complete.get(0)) + ": ");
    assertThat(progress.get(3)).isEqualTo("counter resumes from " + name(complete.get(1)));
    assertThat(progress).hasSize(4);
  }

  @Test
  void aJobWhoseCheckpointsAllFailRefusesToStartAndKeepsThem(@TempDir Path directory)
      throws Exception {
    runUntilCheckpoints(directory, 2);
    List<Path> complete = folder(directory).complete();
    // the metadata are sound, the state that they name is gone
    Folders.delete(folder(directory, "shared"));
    assertThatThrownBy(() -> start(directory))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith(
            "no checkpoint of counter restores (" + name(complete.get(0)) + ": ")
        .hasMessageEndingWith("; --discard-state begins again from the topics");
    assertThat(folder(directory).complete()).isEqualTo(complete);
  }

  /** Whatever the cause: a topic's records that were read before do not come again. */
  @Test
  void aJobThatHasReadBeforeAndHasNoCheckpointRefusesToStart(@TempDir Path directory)
      throws Exception {
    runUntilCheckpoints(directory, 1);
    EmbeddedCluster resumed = start(directory, job -> true);
    resumed.close();
    Folders.delete(folder(directory, ""));
    assertThatThrownBy(() -> start(directory, job -> true))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("counter has read its topics before, and none of its checkpoints")
        .hasMessageEndingWith("; --discard-state begins again from the topics");
    assertThat(folder(directory).complete()).isEmpty();
  }

  @Test
  void checkpointsStayInAFolderOfAnyName(@TempDir Path directory) throws Exception {
    Path odd = directory.resolve("my kb/müller/a%20b#c?d/x,y:z;w/+&=@'[{!");
    runUntilCheckpoints(odd, 1);
    EmbeddedCluster cluster = start(odd);
    cluster.close();
    assertThat(progress).last().asString().startsWith("counter resumes from chk-");
    Path folder = directory;
    for (Path name : directory.relativize(odd)) {
      try (Stream<Path> inside = Files.list(folder)) {
        folder = folder.resolve(name);
        assertThat(inside).containsExactly(folder);
      }
    }
  }

  @Test
  void aTopologyThatCannotBeBuiltIsSaidInOneLine(@TempDir Path directory) {
    EmbeddedJob broken =
        new EmbeddedJob(
            "broken",
            "",
            COUNTER.settings(),
            (environment, settings) -> {
              throw new IOException("no such topic");
            },
            false);
    assertThatThrownBy(
            () ->
                new ClusterStart(settings(directory), List.of(broken), job -> false, progress::add)
                    .start())
        .isInstanceOf(StartException.class)
        .hasMessage("broken cannot be submitted: IOException: no such topic");
  }

  /** Runs the job on that folder until it has checkpoints; returns the count that it began with. */
  private long runUntilCheckpoints(Path directory, int count) throws Exception {
    EmbeddedCluster cluster = start(directory);
    long first = firstCount();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> folder(directory).complete().size() >= count);
    cluster.close();
    return first;
  }

  private EmbeddedCluster start(Path directory) throws Exception {
    return start(directory, job -> false);
  }

  private EmbeddedCluster start(Path directory, Predicate<EmbeddedJob> hasRead) throws Exception {
    return new ClusterStart(settings(directory), List.of(COUNTER), hasRead, progress::add).start();
  }

  private static long firstCount() throws InterruptedException {
    return Objects.requireNonNull(CountingJob.FIRST_COUNTS.poll(60, TimeUnit.SECONDS));
  }

  private static ClusterSettings settings(Path directory) {
    return new ClusterSettings(directory, 0, null, 1);
  }

  private static CheckpointFolder folder(Path directory) {
    return new CheckpointFolder(folder(directory, ""));
  }

  private static Path folder(Path directory, String inside) {
    return settings(directory).checkpoints().resolve(COUNTER.id().toHexString()).resolve(inside);
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static void truncate(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
  }
}
