package io.realmstream.deploy.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.cli.RealmVersion;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.launch.JobSettings;
import io.realmstream.jobs.wikipedia.WikipediaOptions;
import io.realmstream.model.wikipedia.site.Contact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.util.ParameterTool;
import org.junit.jupiter.api.Test;

/** The jobs as resources of Flink's operator for Kubernetes. */
class FlinkDeploymentsTest {
  /** Of the operator's release that Maven has; a version of Flink that is newer is not in it. */
  static final String DEFINITION = "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  private static final String PLACEHOLDER = "CHANGE-ME";

  @Test
  void everyFieldIsOneThatTheOperatorKnows() throws Exception {
    ResourceDefinition definition = ResourceDefinition.read(DEFINITION);
    for (ObjectNode deployment : deployments()) {
      assertThat(deployment.path("apiVersion").asText()).isEqualTo(definition.apiVersion());
      assertThat(deployment.withObject("/spec").remove("flinkVersion").asText()).isEqualTo("v2_3");
      assertThat(definition.faults(deployment)).isEmpty();
    }
  }

  /** The learner's heads travel in a folder that all machines must see, so it has none yet. */
  @Test
  void eachJobButTheLearnerHasOne() throws Exception {
    List<RealmJob> jobs = new ArrayList<>(List.of(RealmJob.values()));
    jobs.remove(RealmJob.LEARNER);
    for (ObjectNode deployment : deployments()) {
      assertThat(jobs.remove(job(deployment))).isTrue();
      JsonNode job = deployment.at("/spec/job");
      assertThat(job.path("entryClass").asText()).isEqualTo(job(deployment).entryClass());
      assertThat(job.path("upgradeMode").asText()).isEqualTo("savepoint");
    }
    assertThat(jobs).isEmpty();
  }

  @Test
  void imageAndJarAreOfThisVersion() throws Exception {
    String version = RealmVersion.number();
    for (ObjectNode deployment : deployments()) {
      assertThat(deployment.at("/spec/image").asText()).isEqualTo("realmstream/jobs:" + version);
      String module = job(deployment) == RealmJob.WIKIPEDIA ? "jobs-wikipedia" : "jobs";
      assertThat(deployment.at("/spec/job/jarURI").asText())
          .isEqualTo("local:///opt/flink/lib/realmstream-%s-%s.jar".formatted(module, version));
    }
  }

  @Test
  void settingsOfFlinkExist() throws Exception {
    for (ObjectNode deployment : deployments()) {
      KnownOptions.requireFlinks(flinkSettings(deployment));
    }
  }

  /** What {@code realm submit} gives each job, its operator's resource must give, too. */
  @Test
  void settingsThatEachJobNeedsAreThere() throws Exception {
    Map<String, ConfigOption<?>> known = KnownOptions.ofFlink();
    Configuration needed = JobSettings.configuration();
    for (ObjectNode deployment : deployments()) {
      Configuration settings = Configuration.fromMap(flinkSettings(deployment));
      for (String key : needed.keySet()) {
        ConfigOption<?> option = Objects.requireNonNull(known.get(key), key);
        assertThat(settings.containsKey(key)).as(key).isTrue();
        assertThat((Object) settings.get(option)).as(key).isEqualTo(needed.get(option));
      }
    }
  }

  @Test
  void settingsOfTheJobsExist() throws Exception {
    Set<Integer> shards = new HashSet<>();
    for (ObjectNode deployment : deployments()) {
      Map<String, String> settings = jobSettings(deployment);
      KnownOptions.require(settings, KnownOptions.ofJobs());
      shards.add(Configuration.fromMap(settings).get(RealmOptions.SHARDS));
    }
    assertThat(shards).as("all jobs divide documents alike").hasSize(1);
  }

  /** Wikimedia must not be told an address that nobody reads. */
  @Test
  void followerDoesNotStartUntilSomebodyIsNamed() throws Exception {
    for (ObjectNode deployment : deployments()) {
      if (job(deployment) == RealmJob.WIKIPEDIA) {
        String contact =
            Configuration.fromMap(jobSettings(deployment)).get(WikipediaOptions.CONTACT);
        assertThat(contact).isEqualTo(PLACEHOLDER);
        assertThatThrownBy(() -> new Contact(contact)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  /** Flink itself divides it, and refuses what does not add up. */
  @Test
  void memoryHoldsTheBlocksOfTheIndex() throws Exception {
    for (ObjectNode deployment : deployments()) {
      Configuration settings = Configuration.fromMap(flinkSettings(deployment));
      String memory = deployment.at("/spec/taskManager/resource/memory").asText();
      settings.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.parse(memory));
      requireRoom(settings);
    }
  }

  static void requireRoom(Configuration settings) {
    TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(settings);
    int slots = settings.get(TaskManagerOptions.NUM_TASK_SLOTS);
    MemorySize cache = RealmOptions.CACHE_BYTES.defaultValue();
    assertThat(spec.getTaskHeapSize()).isGreaterThan(cache.multiply(4.0 * slots));
  }

  @Test
  void stateHasAVolumeOfItsOwn() throws Exception {
    for (ObjectNode deployment : deployments()) {
      JsonNode pod = deployment.at("/spec/taskManager/podTemplate/spec");
      String path = flinkSettings(deployment).get("state.backend.rocksdb.localdir");
      Map<String, String> mounts = new HashMap<>();
      pod.at("/containers/0/volumeMounts")
          .forEach(
              mount -> mounts.put(mount.path("mountPath").asText(), mount.path("name").asText()));
      List<String> claimed = new ArrayList<>();
      for (JsonNode volume : pod.path("volumes")) {
        if (volume.has("ephemeral")) {
          claimed.add(volume.path("name").asText());
        }
      }
      assertThat(claimed).containsExactly(mounts.get(path));
    }
  }

  @Test
  void checkpointsSavepointsAndLeadershipAreEachJobsOwn() throws Exception {
    Set<String> folders = new HashSet<>();
    for (ObjectNode deployment : deployments()) {
      Map<String, String> settings = flinkSettings(deployment);
      assertThat(settings.get("high-availability.type")).isEqualTo("kubernetes");
      for (String key :
          List.of(
              "execution.checkpointing.dir",
              "execution.checkpointing.savepoint-dir",
              "high-availability.storageDir")) {
        assertThat(settings.get(key)).startsWith("s3://" + PLACEHOLDER + "/");
        assertThat(folders.add(settings.get(key))).as(key).isTrue();
      }
    }
  }

  private static List<ObjectNode> deployments() throws Exception {
    return ShippedFiles.manifests("FlinkDeployment");
  }

  private static RealmJob job(JsonNode deployment) {
    String name = deployment.at("/spec/flinkConfiguration/pipeline.name").asText();
    return List.of(RealmJob.values()).stream()
        .filter(job -> job.jobName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> flinkSettings(JsonNode deployment) {
    return ShippedFiles.fields(deployment.at("/spec/flinkConfiguration"));
  }

  private static Map<String, String> jobSettings(JsonNode deployment) {
    List<String> arguments = ShippedFiles.texts(deployment.at("/spec/job/args"));
    return new LinkedHashMap<>(ParameterTool.fromArgs(arguments.toArray(String[]::new)).toMap());
  }
}
