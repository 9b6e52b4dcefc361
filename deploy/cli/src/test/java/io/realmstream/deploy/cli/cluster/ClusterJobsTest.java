package io.realmstream.deploy.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.deploy.processes.ClusterFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On answers of Flink, cut to what is read. */
@Timeout(60)
class ClusterJobsTest {
  private final StringWriter said = new StringWriter();

  @Test
  void jobRunsWhenEachSubtaskHasBegun() throws Exception {
    String job = "{'state': 'RUNNING', 'vertices': [%s, %s]}";
    String all = "{'parallelism': 2, 'tasks': {'RUNNING': 2, 'INITIALIZING': 0}}";
    assertThat(ClusterJobs.runs(json(job.formatted(all, all)))).isTrue();
    String ended = "{'parallelism': 2, 'tasks': {'RUNNING': 1, 'FINISHED': 1}}";
    assertThat(ClusterJobs.runs(json(job.formatted(all, ended)))).isTrue();
    String half = "{'parallelism': 2, 'tasks': {'RUNNING': 1, 'INITIALIZING': 1}}";
    assertThat(ClusterJobs.runs(json(job.formatted(all, half)))).isFalse();
    assertThat(ClusterJobs.runs(json("{'state': 'CREATED', 'vertices': []}"))).isFalse();
  }

  @Test
  void failureIsTheInnermostCause() throws Exception {
    String trace =
        "io.Wrapper: outer\\n\\tat a\\nCaused by: io.Other: inner\\n\\tat b\\nCaused by: io.Disk: full\\n";
    String exceptions = "{'exceptionHistory': {'entries': [{'stacktrace': '%s'}]}}";
    assertThat(ClusterJobs.failure(json(exceptions.formatted(trace)))).isEqualTo("io.Disk: full");
    assertThat(ClusterJobs.failure(json(exceptions.formatted("io.Only: one\\n\\tat a"))))
        .isEqualTo("io.Only: one");
    assertThat(ClusterJobs.failure(json("{'exceptionHistory': {'entries': []}}"))).isEmpty();
  }

  @Test
  void commandIsGivenAgainWhileSomebodyDoesNotAnswer() throws Exception {
    Deque<Integer> ends = new ArrayDeque<>(List.of(ExitCode.UNREACHABLE, ExitCode.OK));
    jobs("http://localhost:1").insist(said -> end(said, ends.remove()));
    assertThat(ends).isEmpty();
    assertThat(said.toString().lines())
        .containsExactly("the end is 3; trying again", "realm: the end is 0");
  }

  @Test
  void commandThatIsRefusedIsNotGivenAgain() {
    Deque<Integer> ends = new ArrayDeque<>(List.of(ExitCode.FAILED, ExitCode.OK));
    assertThatThrownBy(() -> jobs("http://localhost:1").insist(said -> end(said, ends.remove())))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("the end is 1");
    assertThat(ends).hasSize(1);
  }

  /** Each path breaks off once before it answers. */
  @Test
  void requestThatGetsNoAnswerIsMadeAgain() throws Exception {
    Map<String, String> answers =
        Map.of(
            "/jobs/overview",
            "{'jobs': [{'jid': 'a', 'name': 'Updater', 'state': 'RUNNING', 'duration': 5}]}",
            "/jobs/a",
            "{'state': 'RUNNING', 'vertices': [{'parallelism': 1, 'tasks': {'RUNNING': 1}}]}");
    Set<String> brokenOff = new HashSet<>();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer flink = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    flink.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          if (!brokenOff.add(path)) {
            byte[] body = answers.getOrDefault(path, "").replace('\'', '"').getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    flink.start();
    try {
      jobs("http://localhost:" + flink.getAddress().getPort()).awaitRunning();
    } finally {
      flink.stop(0);
    }
    assertThat(brokenOff).isEqualTo(answers.keySet());
  }

  private ClusterJobs jobs(String flink) {
    ClusterFile cluster = new ClusterFile("localhost:1", List.of(flink), List.of(), List.of());
    return new ClusterJobs(
        cluster, new FlinkRest(flink, Duration.ofSeconds(10)), new PrintWriter(said, true));
  }

  private static int end(Writer said, int code) {
    new PrintWriter(said, true).println("realm: the end is " + code);
    return code;
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
