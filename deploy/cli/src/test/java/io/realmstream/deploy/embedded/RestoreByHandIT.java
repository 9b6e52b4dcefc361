package io.realmstream.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.PublishedVectors.Published;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.interleaving.LostVectors;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardRound;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** `realm restore retriever`: what comes again changes nothing, even if some of it is lost. */
@Timeout(600)
class RestoreByHandIT {
  private static final Topics TOPICS = new Topics("realm");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int SHARDS = RealmOptions.SHARDS.defaultValue();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Random SEEDED = new Random(1);
  private static final String EVERYTHING =
      "\"text\": \"how high is Victoria Falls\", \"kind\": \"RETRIEVE\", \"k\": 1000";
  private static final String QUESTION =
      "\"text\": \"how high is Victoria Falls\", \"kind\": \"RETRIEVE\", \"k\": 10";

  @Test
  void everyShardComesAgainAndAnswersStayWhole(@TempDir Path directory) throws Exception {
    RunSettings settings = new RunSettings(directory, 0, 0, null, 1, "minilm", false);
    try (EmbeddedRun run = EmbeddedRun.start(settings, EmbeddedJob::all, line -> {})) {
      RealmTopics topics = new RealmTopics(run.bootstrapServers(), run.dashboard());
      edit(topics, "falls", "\"revision\": 1, \"text\": \"Victoria Falls is 108 metres high.\"");
      edit(topics, "bread", "\"revision\": 1, \"text\": \"Bread is made of flour.\"");
      edit(topics, "bread", "\"revision\": 2, \"kind\": \"DELETE\"");
      topics.awaitStatus("falls");
      awaitWhole(topics);
      RecordMetadata nowhere =
          topics.send(TOPICS.republications(), "x", request("\"shard\": 99, "));
      RecordMetadata garbage = topics.send(TOPICS.republications(), "x", new byte[] {'{'});
      topics.awaitDeadLetters(nowhere, 1, request("\"shard\": 99, "), "MALFORMED", "below 16");
      topics.awaitDeadLetters(garbage, 1, new byte[] {'{'}, "MALFORMED");

      Map<Integer, Long> before = rounds(run);
      restore(run);
      restore(run);
      await("a round of every shard").atMost(PATIENCE).until(() -> haveAllGoneOn(before, run));

      awaitWholeWithoutALie(topics);
      requireNothingEmbeddedAgain(run);
      assertThat(topics.restarts("KnowledgeUpdater")).isZero();
      assertThat(topics.restarts("KnowledgeRetriever")).isZero();
    }
  }

  @Test
  void whatIsTruncatedInTheMiddleOfItComesOnceMore(@TempDir Path directory) throws Exception {
    RunSettings settings = new RunSettings(directory, 0, 0, null, 1, "minilm", false);
    try (EmbeddedRun run = EmbeddedRun.start(settings, EmbeddedJob::all, line -> {});
        LostVectors vectors = new LostVectors(Connection.to(run.bootstrapServers()), SEEDED)) {
      RealmTopics topics = new RealmTopics(run.bootstrapServers(), run.dashboard());
      edit(topics, "falls", "\"revision\": 1, \"text\": \"Victoria Falls is 108 metres high.\"");
      edit(topics, "tale", "\"revision\": 1, \"text\": \"%s\"".formatted(tale()));
      topics.awaitStatus("falls");
      topics.awaitStatus("tale");
      JsonNode undisturbed = awaitFresh(topics, whole -> true);
      assertThat(undisturbed.path("passages").size()).isGreaterThan(10);

      long asked = requests(run);
      vectors.hold();
      restore(run);
      vectors.truncateHeld(true);
      assertThat(vectors.cutDocuments()).isEqualTo(1);
      vectors.release();
      await("the retriever's own request").atMost(PATIENCE).until(() -> requests(run) > asked);

      assertThat(awaitFresh(topics, undisturbed::equals)).isEqualTo(undisturbed);
      requireNothingEmbeddedAgain(run);
      assertThat(topics.restarts("KnowledgeRetriever")).isZero();
    }
  }

  private static void restore(EmbeddedRun run) {
    CommandRun asked =
        CommandRun.of("restore", "retriever", "--bootstrap-servers", run.bootstrapServers());
    assertThat(asked.exitCode()).as(asked.err()).isEqualTo(ExitCode.OK);
    assertThat(asked.out()).contains("asked the updater to publish everything");
  }

  /** Too long for one record, of words that are one token each, so that it is embedded soon. */
  private static String tale() {
    String word = "x".repeat(150) + " ";
    StringBuilder tale = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      tale.append("Of metre %d of the tale: %sends. ".formatted(i, word.repeat(12)));
    }
    return tale.toString().strip();
  }

  /**
   * All passages, once an answer says that it has all, and all that is sent by now.
   *
   * @param truth holds for each result that says so
   */
  private static JsonNode awaitFresh(RealmTopics topics, Predicate<JsonNode> truth) {
    Instant now = Instant.now();
    return await("a whole and fresh answer")
        .atMost(PATIENCE)
        .until(
            () -> JSON.readTree(topics.ask(EVERYTHING)),
            answer -> {
              JsonNode result = answer.path("result");
              assertThat(!claimsAll(result) || truth.test(result)).as(result.toString()).isTrue();
              String through = answer.path("run").path("indexedThrough").asText();
              return claimsAll(result)
                  && !through.isEmpty()
                  && !Instant.parse(through).isBefore(now);
            })
        .path("result");
  }

  /** How often the retriever has asked by itself. */
  private static long requests(EmbeddedRun run) {
    return new OperatedTopics(run.bootstrapServers())
        .records(TOPICS.republications()).stream()
            .map(record -> new String(record.value(), UTF_8))
            .filter(request -> request.contains("\"by\":\"passages\""))
            .count();
  }

  /** Until edits are in, and say so. */
  private static void awaitWhole(RealmTopics topics) {
    await("a whole answer").atMost(PATIENCE).until(() -> hasAll(result(topics)));
  }

  /** One that does not say it is whole may come; one that says so must be. */
  private static void awaitWholeWithoutALie(RealmTopics topics) {
    await("a whole answer")
        .atMost(PATIENCE)
        .until(
            () -> {
              JsonNode result = result(topics);
              boolean isWhole = claimsAll(result);
              assertThat(isWhole && !hasAll(result)).as(result.toString()).isFalse();
              return isWhole;
            });
  }

  private static JsonNode result(RealmTopics topics) throws Exception {
    return JSON.readTree(topics.ask(QUESTION)).path("result");
  }

  private static boolean claimsAll(JsonNode result) {
    return result.path("complete").asBoolean() && result.path("exact").asBoolean();
  }

  private static boolean hasAll(JsonNode result) {
    JsonNode passages = result.path("passages");
    return claimsAll(result)
        && passages.size() == 1
        && passages.get(0).path("document").asText().equals("falls");
  }

  private static void requireNothingEmbeddedAgain(EmbeddedRun run) {
    int again = 0;
    for (Published published : PublishedVectors.records(run.bootstrapServers())) {
      PassageVectors document = published.document();
      if (document != null && published.record().again()) {
        again++;
        assertThat(document.revision().counts().embedded()).as("runs of the transformer").isZero();
      }
    }
    assertThat(again).isPositive();
  }

  private static void edit(RealmTopics topics, String id, String fields) {
    topics.send(
        TOPICS.documents(), id, "{\"id\": \"%s\", %s}".formatted(id, fields).getBytes(UTF_8));
  }

  private static byte[] request(String fields) {
    return "{%s\"by\": \"a test\", \"at\": \"2026-01-01T00:00:00Z\"}"
        .formatted(fields)
        .getBytes(UTF_8);
  }

  private static boolean haveAllGoneOn(Map<Integer, Long> before, EmbeddedRun run) {
    Map<Integer, Long> now = rounds(run);
    return now.size() == SHARDS
        && now.entrySet().stream()
            .allMatch(end -> end.getValue() > before.getOrDefault(end.getKey(), 0L));
  }

  /** Of each shard the last round that ended. */
  private static Map<Integer, Long> rounds(EmbeddedRun run) {
    Map<Integer, Long> rounds = new HashMap<>();
    for (Published published : PublishedVectors.records(run.bootstrapServers())) {
      if (published.record().message() instanceof ShardRound round && round.ends()) {
        rounds.merge(round.shard(), round.round(), Math::max);
      }
    }
    return rounds;
  }
}
