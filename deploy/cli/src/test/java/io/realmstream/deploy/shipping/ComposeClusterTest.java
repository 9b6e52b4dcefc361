package io.realmstream.deploy.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.deploy.monitoring.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flink and Prometheus as the compose file configures them. */
class ComposeClusterTest {
  private static final List<RealmJob> JOBS = List.of(RealmJob.UPDATER, RealmJob.RETRIEVER);

  private final Configuration flink;
  private final JsonNode services;

  ComposeClusterTest() throws Exception {
    flink = configuration();
    services = ShippedFiles.document("compose/compose.yaml").path("services");
  }

  /** What a JobManager and a TaskManager read. */
  static Configuration configuration() {
    return GlobalConfiguration.loadConfiguration(ShippedFiles.deploy("compose/conf").toString());
  }

  @Test
  void settingsOfFlinkExist() throws Exception {
    KnownOptions.requireFlinks(flink.toMap());
  }

  @Test
  void memoryAddsUp() {
    FlinkDeploymentsTest.requireRoom(flink);
    assertThatCode(() -> JobManagerProcessUtils.processSpecFromConfig(flink))
        .doesNotThrowAnyException();
  }

  @Test
  void slotsSufficeForBothJobs() {
    int slots =
        services.at("/taskmanager/deploy/replicas").asInt()
            * flink.get(TaskManagerOptions.NUM_TASK_SLOTS);
    assertThat(slots).isEqualTo(JOBS.size() * flink.get(CoreOptions.DEFAULT_PARALLELISM));
  }

  /** A name that Java does not know ends it. */
  @Test
  void javaStartsWithItsOptions() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flink.get(CoreOptions.FLINK_JVM_OPTIONS).split(" ", -1)));
    command.add("-version");
    assertThat(command).contains("--add-modules=jdk.incubator.vector");
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void stateAndCheckpointsAreOnVolumes() {
    List<String> volumes = ShippedFiles.texts(services.at("/taskmanager/volumes"));
    assertThat(volumes).contains(flink.get(RocksDBOptions.LOCAL_DIRECTORIES));
    String checkpoints =
        Objects.requireNonNull(flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY));
    String volume = "checkpoints:" + checkpoints.replace("file://", "");
    assertThat(volumes).contains(volume);
    assertThat(ShippedFiles.texts(services.at("/jobmanager/volumes"))).contains(volume);
  }

  @Test
  void prometheusReadsEachProcessOfFlink() throws Exception {
    JsonNode targets =
        ShippedFiles.document("compose/prometheus.yaml").at("/scrape_configs/0/dns_sd_configs/0");
    assertThat(ShippedFiles.texts(targets.path("names")))
        .containsExactly("jobmanager", "taskmanager");
    assertThat(targets.path("port").asText())
        .isEqualTo(flink.toMap().get("metrics.reporter.prometheus.port"));
  }

  @Test
  void prometheusTakesItsConfiguration(@TempDir Path directory) throws Exception {
    Tool.require("promtool");
    // side by side, as the compose file mounts them
    Path config = directory.resolve("prometheus.yml");
    Files.copy(ShippedFiles.deploy("compose/prometheus.yaml"), config);
    Files.copy(ShippedFiles.deploy("monitoring/alerts.yaml"), directory.resolve("alerts.yaml"));
    Tool.run("promtool", "check", "config", config.toString());
  }
}
