package io.realmstream.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A retriever beside the first one, on one topic of vectors that has expired before it began. */
@Timeout(600)
class TwoRetrieversIT {
  private static final Topics FIRST = new Topics("realm");
  private static final Topics SECOND = new Topics("realm", "second");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TEXT = "\"text\": \"how high is Victoria Falls\", ";
  private static final String EVERYTHING = TEXT + "\"kind\": \"RETRIEVE\", \"k\": 100";
  private static final String OPEN_QA = TEXT + "\"kind\": \"OPEN_QA\", \"k\": 4";

  @TempDir private Path directory = Path.of("unset");

  @Test
  void bothAnswerTheSameAndOneTellsForBoth() throws Exception {
    long told;
    try (EmbeddedRun run = up(false)) {
      RealmTopics first = topics(run, FIRST);
      edit(first, "falls", 1, "Victoria Falls is 108 metres high.");
      edit(first, "bread", 1, "Bread is made of flour.");
      awaitWhole(first, 2, "108 metres");
      told = count(new OperatedTopics(run.bootstrapServers()), FIRST.documentStatus(), "\"bread\"");
      assertThat(told).isPositive();
    }
    OperatedTopics.onBrokerAlone(directory, topics -> topics.expire(FIRST.passageVectors()));
    try (EmbeddedRun run = up(true)) {
      OperatedTopics operated = new OperatedTopics(run.bootstrapServers());
      RealmTopics first = topics(run, FIRST);
      RealmTopics second = topics(run, SECOND);
      awaitWhole(second, 2, "108 metres");
      edit(first, "falls", 2, "Victoria Falls is 999 metres high.");
      edit(first, "tea", 1, "Tea is grown in Osholm.");

      assertThat(awaitWhole(second, 3, "999 metres")).isEqualTo(awaitWhole(first, 3, "999 metres"));
      assertThat(result(second, OPEN_QA)).isEqualTo(result(first, OPEN_QA));
      // the second has brought every document to its answers, and says nothing of it
      assertThat(count(operated, FIRST.indexVersions(), "\"READY\"")).isEqualTo(1);
      assertThat(count(operated, FIRST.documentStatus(), "\"bread\"")).isEqualTo(told);
      assertThat(operated.records(FIRST.deadLetters())).isEmpty();

      assertThat(ask(run, "--retriever", "second").out()).contains("999");
      assertThat(ask(run).out()).contains("999");
      requireRefused(run);
      assertThat(first.restarts("KnowledgeRetriever")).isZero();
      assertThat(second.restarts("KnowledgeRetriever-second")).isZero();
    }
  }

  /** One more of that name. */
  private static void requireRefused(EmbeddedRun run) {
    CommandRun refused =
        command(run, "submit", "--flink", run.dashboard(), "--retriever", SECOND.retriever());
    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err())
        .contains("a retriever reads realm.second.queries.v1 already")
        .contains("it writes to realm.second.freshness.v1")
        .contains("another --retriever");
  }

  private EmbeddedRun up(boolean both) throws Exception {
    RunSettings settings = new RunSettings(directory, 0, 0, null, 1, "minilm", false);
    return EmbeddedRun.start(settings, own -> jobs(own, both), line -> {});
  }

  private static List<EmbeddedJob> jobs(Configuration settings, boolean both) {
    List<EmbeddedJob> jobs = new ArrayList<>(EmbeddedJob.all(settings));
    if (both) {
      String servers = settings.get(RealmOptions.BOOTSTRAP_SERVERS);
      CommandRun created =
          CommandRun.of(
              "topics", "create", "--retriever", "second", "--bootstrap-servers", servers);
      assertThat(created.out().lines())
          .containsExactlyInAnyOrder(
              SECOND.queries(),
              SECOND.answers(),
              SECOND.partitions(),
              SECOND.freshness(),
              SECOND.searchAgain());
      Configuration own = new Configuration(settings);
      own.set(RealmOptions.RETRIEVER, SECOND.retriever());
      jobs.add(EmbeddedJob.of(RealmJob.RETRIEVER, own));
    }
    return jobs;
  }

  private static RealmTopics topics(EmbeddedRun run, Topics topics) {
    return new RealmTopics(run.bootstrapServers(), run.dashboard(), topics);
  }

  private static void edit(RealmTopics topics, String id, int revision, String text) {
    String edit = "{\"id\": \"%s\", \"revision\": %d, \"text\": \"%s\"}";
    topics.send(FIRST.documents(), id, edit.formatted(id, revision, text).getBytes(UTF_8));
  }

  /** The result, once it has all those passages and says so. */
  private static JsonNode awaitWhole(RealmTopics topics, int passages, String text) {
    return await("a whole answer")
        .atMost(PATIENCE)
        .until(
            () -> JSON.readTree(topics.ask(EVERYTHING)),
            answer ->
                answer.path("result").path("complete").asBoolean()
                    && answer.path("result").path("exact").asBoolean()
                    && answer.path("result").path("passages").size() == passages
                    && answer.path("run").has("indexedThrough")
                    && answer.toString().contains(text))
        .path("result");
  }

  private static JsonNode result(RealmTopics topics, String question) throws Exception {
    return JSON.readTree(topics.ask(question)).path("result");
  }

  private static long count(OperatedTopics topics, String topic, String part) {
    return topics.records(topic).stream()
        .map(ConsumerRecord::value)
        .filter(value -> new String(value, UTF_8).contains(part))
        .count();
  }

  private static CommandRun ask(EmbeddedRun run, String... more) {
    List<String> arguments = new ArrayList<>(List.of("ask", "how high is Victoria Falls?"));
    arguments.addAll(List.of(more));
    CommandRun asked = command(run, arguments.toArray(String[]::new));
    assertThat(asked.exitCode()).as(asked.err()).isEqualTo(ExitCode.OK);
    return asked;
  }

  private static CommandRun command(EmbeddedRun run, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", run.bootstrapServers()));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
