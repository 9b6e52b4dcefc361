package io.realmstream.deploy.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** On answers of Flink, cut to what is read. */
class ClusterJobsTest {
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

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
