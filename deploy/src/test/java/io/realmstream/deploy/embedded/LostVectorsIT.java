package io.realmstream.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.client.Connection;
import io.realmstream.deploy.cli.client.TopicReplay;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.retriever.KnowledgeRetriever;
import io.realmstream.jobs.updater.KnowledgeUpdater;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardRound;
import io.realmstream.schemas.vectors.VectorMessageCodec;
import io.realmstream.schemas.vectors.VectorRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The retention of the vectors topic passes while the retriever is down, or its state is lost as
 * well: what is missing is known, nothing is claimed meanwhile, and the updater publishes it again
 * from its state.
 */
class LostVectorsIT {
  private static final Topics TOPICS = Topics.under("realm");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int SHARDS = RealmOptions.SHARDS.defaultValue();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String QUESTION =
      "\"text\": \"how high is Victoria Falls\", \"kind\": \"RETRIEVE\", \"k\": 10, \"exact\":"
          + " true";

  @TempDir private Path directory = Path.of("unset");

  private String undisturbed = "";
  private Instant lastEdit = Instant.MAX;

  /** Revisions 1, then what is published while the retriever is down, then what answers say. */
  @BeforeEach
  void loseTheVectors() throws Exception {
    try (EmbeddedRun run = up(true)) {
      RealmTopics topics = new RealmTopics(run.bootstrapServers(), run.dashboard());
      edit(topics, "falls", "\"revision\": 1, \"text\": \"Victoria Falls is 108 metres high.\"");
      edit(topics, "bread", "\"revision\": 1, \"text\": \"Bread is made of flour.\"");
      edit(topics, "salt", "\"revision\": 1, \"text\": \"Salt is mined in Varn.\"");
      for (String document : List.of("falls", "bread", "salt")) {
        topics.awaitStatus(document);
      }
    }
    try (EmbeddedRun run = up(false)) {
      RealmTopics topics = new RealmTopics(run.bootstrapServers(), run.dashboard());
      edit(topics, "falls", "\"revision\": 2, \"text\": \"Victoria Falls is 999 metres high.\"");
      edit(topics, "salt", "\"revision\": 2, \"kind\": \"DELETE\"");
      lastEdit = edit(topics, "tea", "\"revision\": 1, \"text\": \"Tea is grown in Osholm.\"");
      awaitPublished(run, vectors -> vectors.document().equals("falls") && vectors.revision() == 2);
      awaitPublished(run, vectors -> vectors.document().equals("salt") && vectors.revision() == 2);
      awaitPublished(run, vectors -> vectors.document().equals("tea"));
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
      new OperatedTopics(broker.bootstrapServers()).expire(TOPICS.passageVectors());
    }
    undisturbed = "[bread 1, falls 2, tea 1]";
  }

  @Test
  void retrieverThatWasDownTooLongIsToldAgain() throws Exception {
    assertRepaired();
  }

  @Test
  void retrieverWithoutStateIsToldEverything() throws Exception {
    String id = retriever(new Configuration()).id().toHexString();
    Folders.delete(directory.resolve("checkpoints").resolve(id));
    assertRepaired();
  }

  /** Nothing is lost any more: what comes again must change nothing. */
  @Test
  void restoreByHandPublishesEverythingAgainAndAnswersStayWhole() throws Exception {
    assertRepaired();
    try (EmbeddedRun run = up(true)) {
      RealmTopics topics = new RealmTopics(run.bootstrapServers(), run.dashboard());
      RecordMetadata nowhere =
          topics.send(TOPICS.republications(), "x", request("\"shard\": 99, "));
      RecordMetadata garbage = topics.send(TOPICS.republications(), "x", new byte[] {'{'});
      topics.awaitDeadLetters(nowhere, 1, request("\"shard\": 99, "), "MALFORMED", "below 16");
      topics.awaitDeadLetters(garbage, 1, new byte[] {'{'}, "MALFORMED");
      Map<Integer, Long> before = rounds(run);
      for (int i = 0; i < 2; i++) {
        CommandRun asked =
            CommandRun.of("restore", "retriever", "--bootstrap-servers", run.bootstrapServers());
        assertThat(asked.exitCode()).as(asked.err()).isEqualTo(ExitCode.OK);
        assertThat(asked.out()).contains("asked the updater to publish everything");
      }
      await("a round of every shard")
          .atMost(PATIENCE)
          .until(
              () -> {
                Map<Integer, Long> now = rounds(run);
                return now.size() == SHARDS
                    && now.entrySet().stream()
                        .allMatch(end -> end.getValue() > before.getOrDefault(end.getKey(), 0L));
              });
      JsonNode answer = JSON.readTree(topics.ask(QUESTION));
      assertThat(passages(answer)).hasToString(undisturbed);
      assertThat(answer.path("result").path("exact").asBoolean()).isTrue();
      assertThat(embeddedAgain(run)).as("runs of the transformer").isZero();
      assertThat(topics.restarts("KnowledgeUpdater")).isZero();
    }
    assertRepaired();
  }

  private static byte[] request(String fields) {
    return "{%s\"by\": \"a test\", \"at\": \"2026-01-01T00:00:00Z\"}"
        .formatted(fields)
        .getBytes(UTF_8);
  }

  /** Of each shard the last round that ended. */
  private static Map<Integer, Long> rounds(EmbeddedRun run) throws IOException {
    Map<Integer, Long> rounds = new HashMap<>();
    for (VectorRecord record : published(run)) {
      if (record.message() instanceof ShardRound round && round.ends()) {
        rounds.merge(round.shard(), round.round(), Math::max);
      }
    }
    return rounds;
  }

  /** No answer may claim what is not there, and in the end all is there. */
  private void assertRepaired() throws Exception {
    try (EmbeddedRun run = up(true)) {
      RealmTopics topics = new RealmTopics(run.bootstrapServers(), run.dashboard());
      await("what was lost")
          .atMost(PATIENCE)
          .until(
              () -> {
                JsonNode answer = JSON.readTree(topics.ask(QUESTION));
                String through = answer.path("run").path("indexedThrough").asText();
                if (through.isEmpty() || Instant.parse(through).isBefore(lastEdit)) {
                  return false; // it claims nothing of what was lost
                }
                assertThat(passages(answer)).hasToString(undisturbed);
                return answer.path("result").path("complete").asBoolean();
              });
      assertThat(embeddedAgain(run)).as("runs of the transformer").isZero();
    }
  }

  private EmbeddedRun up(boolean retriever) throws Exception {
    RunSettings settings = new RunSettings(directory, 0, 0, null, 1, "minilm", false);
    return EmbeddedRun.start(
        settings,
        of -> retriever ? List.of(updater(of), retriever(of)) : List.of(updater(of)),
        line -> {});
  }

  private static EmbeddedJob updater(Configuration settings) {
    return new EmbeddedJob("KnowledgeUpdater", "none", settings, KnowledgeUpdater::build);
  }

  /** May begin without state: no groups of that name tell that it has read before. */
  private static EmbeddedJob retriever(Configuration settings) {
    return new EmbeddedJob("KnowledgeRetriever", "none", settings, KnowledgeRetriever::build);
  }

  /** Returns its Kafka timestamp. */
  private static Instant edit(RealmTopics topics, String id, String fields) {
    byte[] edit = "{\"id\": \"%s\", %s}".formatted(id, fields).getBytes(UTF_8);
    return Instant.ofEpochMilli(topics.send(TOPICS.documents(), id, edit).timestamp());
  }

  private static List<String> passages(JsonNode answer) {
    List<String> passages = new ArrayList<>();
    for (JsonNode passage : answer.path("result").path("passages")) {
      passages.add(passage.path("document").asText() + " " + passage.path("revision"));
    }
    passages.sort(null);
    return passages;
  }

  private static void awaitPublished(EmbeddedRun run, Predicate<PassageVectors> wanted) {
    await("a published document")
        .atMost(PATIENCE)
        .until(
            () ->
                published(run).stream()
                    .map(VectorRecord::message)
                    .anyMatch(
                        message ->
                            message instanceof PassageVectors vectors && wanted.test(vectors)));
  }

  private static int embeddedAgain(EmbeddedRun run) throws IOException {
    int embedded = 0;
    for (VectorRecord record : published(run)) {
      if (record.again() && record.message() instanceof PassageVectors vectors) {
        embedded += vectors.embedded();
      }
    }
    return embedded;
  }

  private static List<VectorRecord> published(EmbeddedRun run) throws IOException {
    List<VectorRecord> records = new ArrayList<>();
    Connection connection =
        new Connection(Map.of("bootstrap.servers", run.bootstrapServers()), TOPICS);
    try (TopicReplay replay = TopicReplay.of(connection, TOPICS.passageVectors())) {
      replay.forEach(
          record -> {
            try {
              records.add(VectorMessageCodec.read(record.value()));
            } catch (BadRecordException e) {
              throw new AssertionError(e);
            }
          });
    }
    return records;
  }
}
