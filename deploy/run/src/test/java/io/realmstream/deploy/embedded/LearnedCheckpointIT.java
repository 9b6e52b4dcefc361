package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.deploy.embedded.cluster.ClusterSettings;
import io.realmstream.deploy.embedded.cluster.ClusterStart;
import io.realmstream.deploy.embedded.cluster.EmbeddedCluster;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.jobs.LearningOptions;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.learning.HeadFile;
import io.realmstream.model.learning.ProjectionHead;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.learning.LearningOutcome;
import io.realmstream.schemas.learning.LearningStatus;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All jobs from a cold start: two independent random projections, behind which nothing is found.
 * The learner learns from the loaded documents alone, its checkpoint becomes a version, and answers
 * go on meanwhile.
 */
@Timeout(900)
class LearnedCheckpointIT {
  private static final int DOCUMENTS = 320;
  private static final int ASKED = 40;
  private static final int TRUNK_ELEMENTS = 384;
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  @Test
  void whatIsLearnedFromTheDocumentsAnswersQuestions(@TempDir Path directory) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
      Connection connection = Connection.to(broker.bootstrapServers());
      EmbeddedCluster cluster = start(directory, connection);
      try (AnswerClient client = AnswerClient.open(connection)) {
        for (int i = 0; i < DOCUMENTS; i++) {
          edit(connection, i);
        }
        await("all documents")
            .atMost(Duration.ofMinutes(5))
            .until(() -> ask(client, 0, DOCUMENTS).passages().size() == DOCUMENTS);
        assertThat(foundByTheFirst(client)).isLessThan(ASKED / 4);

        VersionEntry learned =
            await("a learned version that answers")
                .atMost(Duration.ofMinutes(8))
                .until(
                    () -> {
                      assertThat(ask(client, 1, 5).status()).isEqualTo(AnswerStatus.ANSWERED);
                      return Objects.requireNonNull(new VersionLog(connection).table().active());
                    },
                    active -> active.version() > 1 && active.complete());
        assertThat(learned.checkpoint().retriever())
            .isEqualTo(DefaultCheckpoints.minilm().retriever());
        assertThat(learned.reason()).isNotNull();
        await("its answers")
            .atMost(Duration.ofMinutes(2))
            .until(
                () ->
                    Objects.requireNonNull(ask(client, 2, 5).version()).number()
                        >= learned.version());
        assertThat(found(client)).isGreaterThan(ASKED / 2);
        assertThat(statuses(connection))
            .extracting(LearningStatus::outcome)
            .contains(LearningOutcome.PASSED, LearningOutcome.PUBLISHED);
      } finally {
        cluster.closeAtOnce();
      }
    }
  }

  private static EmbeddedCluster start(Path directory, Connection connection) throws Exception {
    Configuration settings = new Configuration();
    settings.set(RealmOptions.BOOTSTRAP_SERVERS, connection.servers());
    settings.set(RealmOptions.MODEL_DIRECTORY, directory.resolve("models").toString());
    settings.set(RealmOptions.MODEL_SOURCES, List.of("classpath:", directory.toUri().toString()));
    settings.set(RealmOptions.ROLLBACK_WINDOW, Duration.ofSeconds(5));
    settings.set(LearningOptions.ENABLED, true);
    settings.set(LearningOptions.DIRECTORY, directory.resolve("learned").toString());
    settings.set(LearningOptions.THREADS, 2);
    Topics topics = RealmOptions.topics(settings);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", connection.servers()))) {
      TopicSetup.create(admin, topics, Retention.of(RealmOptions.TOMBSTONE_TTL.defaultValue()));
    }
    RetrieverCheckpoint minilm = DefaultCheckpoints.minilm();
    RetrieverCheckpoint cold =
        minilm.with(
            headed(minilm.documentTower(), directory, 1),
            headed(minilm.queryTower(), directory, 2),
            20);
    connection.send(
        topics.retrieverCheckpoints(), cold.retriever(), Codecs.RETRIEVER_CHECKPOINT.encode(cold));
    return new ClusterStart(
            new ClusterSettings(directory, 0, null, 1),
            EmbeddedJob.all(settings),
            job -> false,
            System.err::println)
        .start();
  }

  private static EncoderTower headed(EncoderTower tower, Path directory, long seed)
      throws IOException {
    byte[] head = HeadFile.of(ProjectionHead.random(new double[TRUNK_ELEMENTS], 128, seed));
    Path file = Files.write(directory.resolve("cold-" + seed + ".onnx"), head);
    return tower.with(new Part(file.toUri().toString(), RealmTopics.sha256(head)));
  }

  /** Documents whose own words find them first, by the version that begins. */
  private static int foundByTheFirst(AnswerClient client) {
    int found = 0;
    for (int i = 0; i < ASKED; i++) {
      AnswerResult answer = ask(client, i, 1);
      boolean isFirst = Objects.requireNonNull(answer.version()).number() == 1;
      String document = answer.passages().get(0).passage().document();
      found += isFirst && document.equals("d" + i) ? 1 : 0;
    }
    return found;
  }

  /** Documents whose own words find them first. */
  private static int found(AnswerClient client) {
    int found = 0;
    for (int i = 0; i < ASKED; i++) {
      String first = ask(client, i, 1).passages().get(0).passage().document();
      found += first.equals("d" + i) ? 1 : 0;
    }
    return found;
  }

  private static AnswerResult ask(AnswerClient client, int number, int k) {
    QueryScope scope = new QueryScope(k, null, true, null, null);
    String id = UUID.randomUUID().toString();
    String question = text(number).substring(0, text(number).indexOf('.'));
    return client
        .ask(
            new Query(
                id,
                question,
                QueryKind.RETRIEVE,
                scope,
                Instant.now().plus(DEADLINE),
                QueryOptions.DEFAULT))
        .answer()
        .result();
  }

  private static List<LearningStatus> statuses(Connection connection) {
    List<LearningStatus> statuses = new ArrayList<>();
    TopicReplay.forEach(
        connection, connection.topics().learningStatus(), Codecs.LEARNING_STATUS, statuses::add);
    return statuses;
  }

  private static void edit(Connection connection, int number) {
    String id = "d" + number;
    DocumentEdit edit =
        new DocumentEdit(id, 1L, EditKind.UPSERT, "", text(number), false, null, Provenance.NONE);
    connection.send(connection.topics().documents(), id, Codecs.DOCUMENT_EDIT.encode(edit));
  }

  private static String text(int number) {
    String[] things = {
      "harbour", "lighthouse", "orchard", "quarry", "railway", "windmill", "bridge", "library",
      "chapel", "brewery", "theatre", "hospital", "museum", "market", "tower", "school"
    };
    String[] places = {
      "Norway", "Peru", "Kenya", "Japan", "Texas", "Sicily", "Quebec", "Ghana", "Wales", "Nepal",
      "Cuba", "Egypt", "Iceland", "Brazil", "Poland", "Oman", "Chile", "Tonga", "Malta", "Laos"
    };
    String[] deeds = {
      "burned down",
      "was painted white",
      "was sold for silver",
      "froze over",
      "was flooded",
      "won a prize",
      "was haunted by ghosts"
    };
    String thing = things[number % 16];
    String place = places[number / 16 % 20];
    return "The old %s in %s %s in the year %d. Many people from %s still visit the %s every summer."
        .formatted(thing, place, deeds[number % 7], 1500 + number, place, thing);
  }
}
