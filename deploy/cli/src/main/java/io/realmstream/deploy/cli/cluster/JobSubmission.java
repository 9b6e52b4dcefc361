package io.realmstream.deploy.cli.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.launch.JobSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;

/**
 * Puts jobs onto a Flink cluster. What is uploaded is an empty jar, since the jobs' classes must
 * come from the cluster's own lib folder: the tokenizers' native library loads in one class loader
 * of a process, and each job has one of its own for what is uploaded with it.
 */
final class JobSubmission {
  /** With a restoration, and with an end: a state may be large. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
  private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED", "SUSPENDED");

  /** What Flink is asked to run; null = as the cluster has it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record RunRequest(
      String entryClass,
      List<String> programArgsList,
      Map<String, String> flinkConfiguration,
      @Nullable Integer parallelism,
      @Nullable String savepointPath,
      @Nullable String jobId) {}

  private final FlinkRest flink;
  private final Connection connection;
  private final Map<String, String> settings;

  /**
   * @param settings of jobs and Flink, over the defaults
   */
  JobSubmission(FlinkRest flink, Connection connection, Map<String, String> settings) {
    this.flink = flink;
    this.connection = connection;
    this.settings = settings;
  }

  /**
   * Two of the same would do everything twice.
   *
   * @throws CommandFailure FAILED, if a job of that name is there
   */
  void requireAbsent(RealmJob job) {
    presence(job)
        .ifPresent(
            there -> {
              throw CommandFailure.failed(there);
            });
  }

  /** Says that a job of that name is there already; empty = none is. */
  Optional<String> presence(RealmJob job) {
    String name = job.jobName(connection.topics());
    return flink.jobs().stream()
        .filter(there -> there.name().equals(name) && !ENDED.contains(there.state()))
        .map(there -> "%s is there already as %s".formatted(name, there.id()))
        .findFirst();
  }

  /**
   * Runs a job.
   *
   * @param parallelism null = the cluster's
   * @param savepoint to restore from; null = begin empty
   * @param id 32 hexadecimal digits; null = Flink chooses one
   * @return its id
   */
  String submit(
      RealmJob job,
      @Nullable Integer parallelism,
      @Nullable String savepoint,
      @Nullable String id) {
    String jar = flink.upload("realm-" + job.name().toLowerCase(Locale.ROOT) + ".jar", emptyJar());
    try {
      List<String> arguments = new ArrayList<>();
      jobSettings().forEach((name, value) -> arguments.addAll(List.of("--" + name, value)));
      RunRequest request =
          new RunRequest(job.entryClass(), arguments, flinkSettings(), parallelism, savepoint, id);
      return flink.post("/jars/" + jar + "/run", request).path("jobid").asText();
    } finally {
      flink.delete(jar);
    }
  }

  /**
   * Returns when a job has restored its state, or is still about it after three minutes.
   *
   * @param savepoint that it was submitted with
   * @throws CommandFailure FAILED, if it cannot; the job has ended then
   */
  void requireRestored(RealmJob job, String id, String savepoint) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && !ClusterJobs.runs(flink.get("/jobs/" + id))) {
      String failure = ClusterJobs.failure(flink.get("/jobs/" + id + "/exceptions"));
      if (!failure.isEmpty()) {
        end(id);
        throw CommandFailure.failed(
            "%s does not go on from %s: %s"
                .formatted(job.jobName(connection.topics()), savepoint, failure));
      }
      Thread.sleep(POLL_INTERVAL.toMillis());
    }
  }

  private void end(String id) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    if (!hasEnded(id)) {
      flink.cancel(id);
    }
    while (!hasEnded(id) && System.nanoTime() < end) {
      Thread.sleep(POLL_INTERVAL.toMillis());
    }
  }

  private boolean hasEnded(String id) {
    return ENDED.contains(flink.get("/jobs/" + id).path("state").asText());
  }

  /** What the jobs read. */
  private Map<String, String> jobSettings() {
    Map<String, String> kafka = new LinkedHashMap<>();
    connection.settings().forEach((name, value) -> kafka.put(name, String.valueOf(value)));
    kafka.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    Configuration configuration = new Configuration();
    configuration.set(RealmOptions.BOOTSTRAP_SERVERS, connection.servers());
    configuration.set(RealmOptions.TOPIC_PREFIX, connection.topics().prefix());
    if (!connection.topics().retriever().isEmpty()) {
      configuration.set(RealmOptions.RETRIEVER, connection.topics().retriever());
    }
    if (!kafka.isEmpty()) {
      configuration.set(RealmOptions.KAFKA, kafka);
    }
    return with(configuration, true);
  }

  /** What Flink reads: the defaults of the embedded run, as far as they hold anywhere. */
  private Map<String, String> flinkSettings() {
    return with(JobSettings.configuration(), false);
  }

  private Map<String, String> with(Configuration defaults, boolean ours) {
    Map<String, String> all = new LinkedHashMap<>(defaults.toMap());
    settings.forEach(
        (name, value) -> {
          if (name.startsWith("realm.") == ours) {
            all.put(name, value);
          }
        });
    return all;
  }

  private static byte[] emptyJar() {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      jar.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
