package io.realmstream.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.graph.Descriptions;
import io.realmstream.jobs.graph.MemoryEnds;
import io.realmstream.jobs.graph.Rights;
import io.realmstream.jobs.learner.RetrieverLearner;
import io.realmstream.jobs.retriever.KnowledgeRetriever;
import io.realmstream.jobs.updater.KnowledgeUpdater;
import io.realmstream.schemas.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** What people see of the graphs: on Flink's dashboard, and as rights in Kafka. */
class ShownGraphsTest {
  private static final Path OPERATING = Path.of("OPERATING.md");

  private final MemoryEnds ends = new MemoryEnds(new Topics("realm"));
  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());

  @Test
  void updaterIsAsThePagesSay() throws Exception {
    KnowledgeUpdater.build(env, new Configuration(), ends);
    Descriptions.check(env, OPERATING);
    Rights.check(OPERATING, "KnowledgeUpdater", ends);
  }

  @Test
  void retrieverIsAsThePagesSay() throws Exception {
    KnowledgeRetriever.build(env, new Configuration(), ends);
    Descriptions.check(env, OPERATING);
    Rights.check(OPERATING, "KnowledgeRetriever", ends);
  }

  @Test
  void learnerIsAsThePagesSay() throws Exception {
    RetrieverLearner.build(env, GraphsTest.learning(), ends);
    Descriptions.check(env, OPERATING, Path.of("LEARNER.md"));
    Rights.check(OPERATING, "RetrieverLearner", ends);
  }

  /** How busy a task is would otherwise be that of its neighbours in the chain, too. */
  @Test
  void operatorsWorthSeeingAreTasksOfTheirOwn() throws Exception {
    StreamExecutionEnvironment retriever =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    KnowledgeUpdater.build(env, new Configuration(), ends);
    KnowledgeRetriever.build(retriever, new Configuration(), ends);
    assertThat(tasks(env)).contains("documents");
    assertThat(tasks(retriever)).contains("cells", "embed-query", "read-marginalize");
  }

  private static List<String> tasks(StreamExecutionEnvironment env) {
    Iterable<JobVertex> vertices = env.getStreamGraph(false).getJobGraph().getVertices();
    return StreamSupport.stream(vertices.spliterator(), false).map(JobVertex::getName).toList();
  }
}
