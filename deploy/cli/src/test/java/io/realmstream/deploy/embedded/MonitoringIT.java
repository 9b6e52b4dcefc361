package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.deploy.embedded.host.RunFile;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.deploy.monitoring.DashboardPicture;
import io.realmstream.deploy.monitoring.FlinkScreens;
import io.realmstream.deploy.monitoring.MonitoringFiles;
import io.realmstream.deploy.monitoring.MonitoringFiles.Alert;
import io.realmstream.deploy.monitoring.MonitoringFiles.Query;
import io.realmstream.deploy.monitoring.PrometheusProcess;
import io.realmstream.deploy.monitoring.Runbook;
import io.realmstream.deploy.monitoring.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run under load, watched by a real Prometheus and over Flink's REST interface. */
@Timeout(600)
class MonitoringIT {
  /** {@code -Drealm.monitoring.seconds}: under load, and longer than any window of a rate. */
  private static final Duration WATCHED =
      Duration.ofSeconds(Integer.getInteger("realm.monitoring.seconds", 75));

  private static final int FARMS = 100;

  @TempDir private static Path directory = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static RealmProcess realm;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static FlinkRest flink;

  private static int metricsPort;

  @BeforeAll
  static void up() throws Exception {
    metricsPort = Ports.free(1).get(0);
    realm = RealmProcess.up(directory, 2, "--metrics-port=" + metricsPort);
    flink = new FlinkRest(dashboard(), Duration.ofSeconds(9));
    realm.run(0, "load", farms(3).toString(), "--wait");
  }

  @AfterAll
  static void down() {
    realm.close();
  }

  @Test
  void everyExpressionHasDataAndNoAlertFires() throws Exception {
    Tool.require("prometheus");
    try (PrometheusProcess prometheus =
        PrometheusProcess.start(
            Files.createDirectory(directory.resolve("prometheus")),
            Ports.free(1).get(0),
            metricsPort)) {
      Instant begin = Instant.now();
      realm.run(0, "rebuild");
      load(WATCHED);

      Path pictures = Path.of(System.getProperty("realm.screenshots", directory.toString()));
      assertThat(new DashboardPicture(prometheus, begin, Instant.now()).draw(pictures)).hasSize(7);
      for (Query query : MonitoringFiles.queries()) {
        JsonNode series = prometheus.query(query.expression());
        assertThat(series.isEmpty()).as("%s", query).isEqualTo(query.isOfFollower());
        for (JsonNode one : series) {
          assertThat(one.path("value").path(1).asText()).as("%s", query).isNotEqualTo("NaN");
        }
      }
      for (Query query : MonitoringFiles.annotations()) {
        var unused = prometheus.query(query.expression());
      }
      for (Alert alert : MonitoringFiles.alerts()) {
        var unused = prometheus.query(alert.expression());
      }
      for (String metric : MonitoringFiles.metrics()) {
        boolean absent = prometheus.query(metric).isEmpty();
        assertThat(absent).as(metric).isEqualTo(MonitoringFiles.isOfFollower(metric));
      }
      assertThat(prometheus.query("ALERTS{alertstate=\"firing\"}"))
          .as("alerts of a run that is well")
          .isEmpty();
    }
  }

  /** The commands that only look. */
  @Test
  void commandsOfThePagesRun() throws Exception {
    for (String page : List.of("RUNBOOK.md", "COMMANDS.md")) {
      for (Runbook.Command command : Runbook.commands(page)) {
        if (command.isRun()) {
          realm.run(0, command.arguments());
        }
      }
    }
    assertThat(realm.run(0, "check")).matches("OK: version \\d answers.*\\n").hasLineCount(1);
  }

  /** The table "One screen after the other" of OPERATING.md, over REST. */
  @Test
  void eachScreenShowsWhatThePageSays() throws Exception {
    for (RealmJob job : List.of(RealmJob.UPDATER, RealmJob.RETRIEVER)) {
      String id = job(job);
      JsonNode tasks = flink.get("/jobs/" + id).path("status-counts");
      assertThat(tasks.path("RUNNING").asInt()).isPositive();
      assertThat(tasks.path("FAILED").asInt()).isZero();
      await("restarts").until(() -> metric("/jobs/" + id + "/metrics", "numRestarts").equals("0"));
      await("a checkpoint")
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  flink
                      .get("/jobs/" + id + "/checkpoints")
                      .at("/latest/completed/state_size")
                      .isNumber());
    }
    shows(RealmJob.RETRIEVER, "embed-query", "queueLength", "threadsBusy", "threads");
    shows(RealmJob.RETRIEVER, "read-marginalize", "queueLength", "threadsBusy", "threads");
    shows(RealmJob.UPDATER, "documents", "oldestEditMs", "editsPending", "embedThreadsBusy");
    shows(RealmJob.UPDATER, "documents", "embedThreads");
    shows(RealmJob.RETRIEVER, "freshness", "freshnessMs");
    shows(RealmJob.UPDATER, "documents", "version.1.documentsDone", "version.1.documentsLeft");
    shows(RealmJob.UPDATER, "documents", "version.1.secondsLeft");
    shows(RealmJob.RETRIEVER, "stamp", "version");
    shows(RealmJob.UPDATER, "decode-documents", "reason.MALFORMED.deadLetters");
  }

  /** The same in a browser, while questions and edits come. */
  @Test
  void eachScreenIsSeen() throws Exception {
    String updater = job(RealmJob.UPDATER);
    String retriever = job(RealmJob.RETRIEVER);
    ExecutorService person = Executors.newSingleThreadExecutor();
    try (FlinkScreens screens = new FlinkScreens(dashboard())) {
      Future<?> load = person.submit(() -> load(Duration.ofSeconds(30)));
      screens.jobs();
      screens.graph("retriever", retriever);
      screens.graph("updater", updater);
      screens.metrics(
          "models",
          retriever,
          vertex(RealmJob.RETRIEVER, "read-marginalize").path("id").asText(),
          List.of("read-marginalize.realm.queueLength", "read-marginalize.realm.threadsBusy"));
      screens.metrics(
          "documents",
          updater,
          vertex(RealmJob.UPDATER, "documents").path("id").asText(),
          List.of("documents.realm.editsPending", "documents.realm.embedThreadsBusy"));
      screens.checkpoints(retriever);
      load.get();
    } finally {
      person.shutdownNow();
    }
  }

  private static void shows(RealmJob job, String operator, String... metrics) throws Exception {
    String page = Files.readString(MonitoringFiles.root().resolve("jobs/OPERATING.md"));
    String table = page.substring(page.indexOf("## One screen"), page.indexOf("## Metrics"));
    JsonNode vertex = vertex(job, operator);
    String path = "/jobs/%s/vertices/%s/metrics".formatted(job(job), vertex.path("id").asText());
    assertThat(table).contains(job.jobName(), "`" + operator + "`");
    for (String metric : metrics) {
      assertThat(table).contains("`" + metric.substring(metric.lastIndexOf('.') + 1) + "`");
      String id = "0." + operator + ".realm." + metric;
      await(id).atMost(Duration.ofSeconds(40)).until(() -> !metric(path, id).isEmpty());
    }
    String description = vertex.path("description").asText();
    assertThat(description).as("two lines").contains("<br/>Well: ");
  }

  /** Its value; empty = it is not known yet. */
  private static String metric(String path, String id) {
    return flink.get(path + "?get=" + id).path(0).path("value").asText();
  }

  private static String job(RealmJob job) {
    return flink.jobs().stream()
        .filter(any -> any.name().equals(job.jobName()) && any.state().equals("RUNNING"))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static JsonNode vertex(RealmJob job, String operator) {
    Pattern named = Pattern.compile("(?<![\\w-])" + operator + ": ");
    for (JsonNode node : flink.get("/jobs/" + job(job) + "/plan").at("/plan/nodes")) {
      if (named.matcher(node.path("description").asText()).find()) {
        return node;
      }
    }
    throw new AssertionError("no task has " + operator);
  }

  private static String dashboard() throws Exception {
    return RunFile.read(directory).orElseThrow().dashboard();
  }

  /** Questions and edits, for so long. */
  private static Void load(Duration time) throws Exception {
    Path questions = questions();
    Path answers = directory.resolve("answers.jsonl");
    Instant end = Instant.now().plus(time);
    for (int goats = 4; Instant.now().isBefore(end); goats++) {
      realm.run(0, "load", farms(goats).toString());
      realm.run(0, "ask", "--file=" + questions, "--out=" + answers, "--timeout=100");
    }
    return null;
  }

  /** Each farm has as many goats more than its number. */
  private static Path farms(int goats) throws Exception {
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < FARMS; i++) {
      documents.add(
          "{\"id\": \"f%d\", \"text\": \"Farm %d keeps %d goats.\"}".formatted(i, i, i + goats));
    }
    return Files.write(directory.resolve("farms.jsonl"), documents);
  }

  private static Path questions() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < FARMS; i++) {
      lines.add("{\"question\": \"how many goats does farm %d keep\"}".formatted(i));
    }
    return Files.write(directory.resolve("questions.jsonl"), lines);
  }
}
