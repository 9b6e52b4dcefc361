package io.realmstream.jobs.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.LearningOptions;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.graph.MemoryEnds;
import io.realmstream.jobs.learner.RetrieverLearner;
import io.realmstream.jobs.retriever.KnowledgeRetriever;
import io.realmstream.jobs.updater.KnowledgeUpdater;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Both graphs, laid and run between ends in memory. */
class GraphsTest {
  private static final Topics TOPICS = new Topics("realm");

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private final MemoryEnds ends = new MemoryEnds(TOPICS);

  /** A savepoint finds each operator's state by its uid: a change loses it. */
  @Test
  void uidsOfTheUpdaterStand() throws Exception {
    StreamExecutionEnvironment env = environment();
    KnowledgeUpdater.build(env, new Configuration(), ends);
    assertThat(uids(env))
        .containsExactly(
            "accepted-documents-sink",
            "accepted-source",
            "checkpoints-source",
            "dead-letters-sink",
            "decode-accepted",
            "decode-checkpoints",
            "decode-documents",
            "decode-republications",
            "decode-versions",
            "document-status-sink",
            "documents",
            "documents-source",
            "encode-proposals",
            "index-versions-sink",
            "passage-vectors-sink",
            "propose",
            "republications-source",
            "versions",
            "versions-source");
  }

  /** The same. */
  @Test
  void uidsOfTheRetrieverStand() throws Exception {
    StreamExecutionEnvironment env = environment();
    KnowledgeRetriever.build(env, new Configuration(), ends);
    assertThat(uids(env))
        .containsExactly(
            "acks",
            "announce-ready",
            "answers-sink",
            "assign",
            "cells",
            "date",
            "dead-letters-sink",
            "decode-freshness",
            "decode-partitions",
            "decode-queries",
            "decode-search-again",
            "decode-vectors",
            "decode-versions",
            "document-status-sink",
            "embed-query",
            "ended-indexes",
            "freshness",
            "freshness-sink",
            "freshness-source",
            "gather-passages",
            "index-versions-sink",
            "merge-top-k",
            "partitions",
            "partitions-sink",
            "partitions-source",
            "passages",
            "queries-source",
            "read-marginalize",
            "republications-sink",
            "route",
            "search-again-sink",
            "search-again-source",
            "settled-shards",
            "stamp",
            "stamp-marks",
            "stamp-versions",
            "vectors-source",
            "versions-source");
  }

  /** The same. */
  @Test
  void uidsOfTheLearnerStand() {
    StreamExecutionEnvironment env = environment();
    RetrieverLearner.build(env, learning(), ends);
    assertThat(uids(env))
        .containsExactly(
            "dead-letters-sink",
            "decode-feedback",
            "decode-trunks",
            "decode-versions",
            "feedback-source",
            "index-versions-sink",
            "learn",
            "learning-status-sink",
            "republications-sink",
            "retriever-checkpoints-sink",
            "vectors-source",
            "versions-source");
  }

  @Test
  void aRetrieverBesideTheFirstSharesOnlyWhatItDoesNotDecide() throws Exception {
    Configuration settings = new Configuration();
    settings.set(RealmOptions.RETRIEVER, "second");
    StreamExecutionEnvironment env = environment();
    KnowledgeRetriever.build(env, settings, ends);
    assertThat(ends.read())
        .containsExactlyInAnyOrder(
            "realm.index-versions.v1",
            "realm.passage-vectors.v1",
            "realm.second.freshness.v1",
            "realm.second.partitions.v1",
            "realm.second.queries.v1",
            "realm.second.search-again.v1");
    // no version is announced, and no document told of, twice
    assertThat(ends.written())
        .containsExactlyInAnyOrder(
            "realm.dead-letters.v1",
            "realm.republications.v1",
            "realm.second.answers.v1",
            "realm.second.freshness.v1",
            "realm.second.partitions.v1",
            "realm.second.search-again.v1");
    assertThat(uids(env))
        .contains("queries-source", "answers-sink")
        .doesNotContain("announce-ready", "index-versions-sink", "document-status-sink");
  }

  @Test
  void aQuestionIsAnsweredFromADocument(@TempDir Path directory) throws Exception {
    Configuration settings = JobSettings.configuration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    settings.set(RealmOptions.SHARDS, 4);
    settings.set(RealmOptions.MODEL_DIRECTORY, directory.toString());
    send(
        TOPICS.retrieverCheckpoints(),
        "minilm",
        Codecs.RETRIEVER_CHECKPOINT.encode(DefaultCheckpoints.minilm()));
    send(TOPICS.documents(), "octopus", edit("octopus", "An octopus has three hearts."));
    send(TOPICS.documents(), "chess", edit("chess", "A game of chess begins with 32 pieces."));

    StreamExecutionEnvironment updater = environment(settings);
    KnowledgeUpdater.build(updater, settings, ends);
    StreamExecutionEnvironment retriever = environment(settings);
    KnowledgeRetriever.build(retriever, settings, ends);
    List<JobClient> jobs = List.of(updater.executeAsync(), retriever.executeAsync());
    try {
      awaitRecords(TOPICS.documentStatus(), 2, jobs);
      QueryScope scope = new QueryScope(1, null, true, null, null);
      String question = "How many hearts does an octopus have?";
      Query query = new Query("q", question, QueryKind.RETRIEVE, scope, null, QueryOptions.DEFAULT);
      send(TOPICS.queries(), "q", Codecs.QUERY.encode(query));
      InboundRecord record = awaitRecords(TOPICS.answers(), 1, jobs).get(0);
      Answer answer = Codecs.ANSWER.decode(Objects.requireNonNull(record.value()));
      assertThat(answer.result().status()).isEqualTo(AnswerStatus.ANSWERED);
      assertThat(answer.result().coverage().exact()).isTrue();
      assertThat(answer.result().passages())
          .singleElement()
          .satisfies(passage -> assertThat(passage.passage().document()).isEqualTo("octopus"));
      assertThat(ends.records(TOPICS.deadLetters())).isEmpty();
    } finally {
      for (JobClient job : jobs) {
        job.cancel().get();
      }
    }
  }

  static Configuration learning() {
    return new Configuration()
        .set(RealmOptions.MODEL_SOURCES, List.of("file:/models"))
        .set(LearningOptions.DIRECTORY, "/models/learned");
  }

  /** Waits until a topic has so many; fails when a job does. */
  private List<InboundRecord> awaitRecords(String topic, int count, List<JobClient> jobs) {
    return await(topic)
        .atMost(Duration.ofMinutes(5))
        .failFast(
            () -> {
              for (JobClient job : jobs) {
                if (job.getJobStatus().get() == JobStatus.FAILED) {
                  job.getJobExecutionResult().get();
                }
              }
            })
        .until(() -> ends.records(topic), records -> records.size() >= count);
  }

  private static byte[] edit(String id, String text) {
    return Codecs.DOCUMENT_EDIT.encode(
        new DocumentEdit(id, 1L, EditKind.UPSERT, "", text, true, null, Provenance.NONE));
  }

  private void send(String topic, String key, byte[] value) {
    ends.send(topic, key.getBytes(UTF_8), value);
  }

  private static StreamExecutionEnvironment environment() {
    return environment(new Configuration());
  }

  private static StreamExecutionEnvironment environment(Configuration settings) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    env.setParallelism(1);
    return env;
  }

  private static List<String> uids(StreamExecutionEnvironment env) {
    return env.getStreamGraph(false).getStreamNodes().stream()
        .map(StreamNode::getTransformationUID)
        .map(String::valueOf)
        .distinct()
        .sorted()
        .toList();
  }
}
