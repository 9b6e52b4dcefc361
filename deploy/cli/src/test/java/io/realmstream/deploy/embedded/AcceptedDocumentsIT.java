package io.realmstream.deploy.embedded;

import static io.realmstream.deploy.embedded.OperatedTopics.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.model.document.DocumentState;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.AcceptedEditCodec;
import io.realmstream.schemas.json.Codecs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the updater has accepted is what a start without state finds, whatever Kafka has left of
 * clients' edits.
 */
@Timeout(900)
class AcceptedDocumentsIT {
  private static final Topics TOPICS = new Topics("realm");
  private static final String EVERYTHING =
      "\"text\": \"how high is the tower of Varn?\", \"kind\": \"RETRIEVE\", \"k\": 1000";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** In a topic of the old kind: compacted, and older than any retention. */
  private static final int OLD_DOCUMENTS = 20;

  @TempDir private Path directory = Path.of("unset");

  @Test
  void whatWasAcceptedSurvivesCompactionAndRetentionAndALostState() throws Exception {
    OperatedTopics.onBrokerAlone(directory, AcceptedDocumentsIT::makeOldTopic);
    try (EmbeddedRun run = up(2, false)) {
      OperatedTopics topics = new OperatedTopics(run.bootstrapServers());
      assertOldDocumentsAreAccepted(topics);
      editOutOfOrder(topics);
    }
    OperatedTopics.onBrokerAlone(
        directory,
        topics -> {
          loseOrderAndDeletions(topics);
          replay(
              topics, tower("replayed", 4, 44), tower("replayed", 5, 55), tower("replayed", 4, 44));
          topics.expire(TOPICS.passageVectors());
        });
    try (EmbeddedRun run = up(2, true)) {
      assertGreatestEditsStand(run);
      assertThat(show("order")).contains("newest edit  5 (UPSERT)");
      OperatedTopics topics = new OperatedTopics(run.bootstrapServers());
      await("the replay's end in the topic")
          .atMost(PATIENCE)
          .until(() -> last(topics, "replayed").contains("55 metres"));
    }
    OperatedTopics.onBrokerAlone(
        directory,
        topics -> {
          topics.expire(TOPICS.documents());
          topics.expire(TOPICS.passageVectors());
        });
    try (EmbeddedRun run = up(1, true)) {
      assertThat(assertGreatestEditsStand(run)).contains("It fills as filler3.");
      assertThat(show("gone")).contains("(DELETE)");
    }
    assertTopicIsReadOnce();
  }

  private static void assertOldDocumentsAreAccepted(OperatedTopics topics) throws Exception {
    await("all documents accepted")
        .atMost(PATIENCE)
        .until(() -> topics.records(TOPICS.acceptedDocuments()).size() == OLD_DOCUMENTS);
    assertThat(topics.setting(TOPICS.documents(), "cleanup.policy")).isEqualTo("compact");
    assertThat(topics.records(TOPICS.documents())).hasSize(OLD_DOCUMENTS);
  }

  /** A late edit, and edits of what is deleted at a higher revision. */
  private static void editOutOfOrder(OperatedTopics topics) {
    edit(topics, tower("order", 5, 500));
    edit(topics, tower("gone", 1, 100));
    awaitDone(topics, "order", 5, "ADDED");
    awaitDone(topics, "gone", 1, "ADDED");
    edit(topics, tower("order", 3, 300));
    topics.send(new ProducerRecord<>(TOPICS.documents(), bytes("gone"), null));
    awaitDone(topics, "order", 3, "STALE");
    awaitStatus(topics, "gone", "\"outcome\":\"DELETED\"");
    edit(topics, tower("gone", 2, 200));
    awaitDone(topics, "gone", 2, "STALE");
  }

  /** Clients' topic is compacted: of each document the last edit stays, which is the late one. */
  private static void loseOrderAndDeletions(OperatedTopics topics) {
    topics.compact(
        TOPICS.documents(),
        "{\"id\": \"%1$s\", \"text\": \"It fills as %1$s.\"}",
        record -> record.value() == null || text(record).contains("500 metres"));
    assertThat(topics.records(TOPICS.documents()))
        .extracting(AcceptedDocumentsIT::text)
        .anyMatch(value -> value.contains("300 metres"))
        .anyMatch(value -> value.contains("200 metres"));
  }

  private static String assertGreatestEditsStand(EmbeddedRun run) {
    String answer = awaitComplete(run);
    assertThat(answer)
        .contains("500 metres", "55 metres")
        .doesNotContain("300 metres", "44 metres", "100 metres", "200 metres");
    for (int i = 0; i < OLD_DOCUMENTS; i++) {
      assertThat(answer).contains(oldTower(i).text());
    }
    return answer;
  }

  /** From a checkpoint it is not read again: only what is new is written there. */
  private void assertTopicIsReadOnce() throws Exception {
    try (EmbeddedRun run = up(1, false)) {
      OperatedTopics topics = new OperatedTopics(run.bootstrapServers());
      int before = topics.records(TOPICS.acceptedDocuments()).size();
      edit(topics, tower("new", 1, 999));
      awaitDone(topics, "new", 1, "ADDED");
      assertThat(assertGreatestEditsStand(run)).contains("999 metres");
      assertThat(topics.records(TOPICS.acceptedDocuments())).hasSize(before + 1);
    }
  }

  private EmbeddedRun up(int parallelism, boolean discardState) throws Exception {
    RunSettings settings =
        new RunSettings(directory, 0, 0, null, parallelism, "minilm", discardState);
    EmbeddedRun run = EmbeddedRun.start(settings, EmbeddedJob::all, line -> {});
    run.announce();
    return run;
  }

  private String show(String document) {
    CommandRun run = CommandRun.of("show", document, "--dir=" + directory);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  private static void makeOldTopic(OperatedTopics topics) {
    topics.create(
        TOPICS.documents(), Map.of("cleanup.policy", "compact", "max.message.bytes", "8388608"));
    long longAgo = Instant.now().minus(Duration.ofDays(30)).toEpochMilli();
    for (int i = 0; i < OLD_DOCUMENTS; i++) {
      DocumentEdit edit = oldTower(i);
      topics.send(
          new ProducerRecord<>(
              TOPICS.documents(),
              null,
              longAgo,
              bytes(edit.id()),
              Codecs.DOCUMENT_EDIT.encode(edit)));
    }
  }

  private static String awaitComplete(EmbeddedRun run) {
    Instant begun = Instant.now();
    RealmTopics realm = new RealmTopics(run.bootstrapServers(), run.dashboard());
    return await("a complete answer that is fresh")
        .atMost(PATIENCE)
        .until(
            () -> realm.ask(EVERYTHING),
            answer ->
                answer.contains("\"complete\":true")
                    && answer.contains("\"exact\":true")
                    && isThrough(answer, begun));
  }

  private static boolean isThrough(String answer, Instant time) {
    String field = "\"indexedThrough\":\"";
    int start = answer.indexOf(field);
    return start >= 0
        && !Instant.parse(
                answer.substring(
                    start + field.length(), answer.indexOf('"', start + field.length())))
            .isBefore(time);
  }

  private static void awaitDone(OperatedTopics topics, String id, long revision, String outcome) {
    awaitStatus(
        topics,
        id,
        "\"outcome\":\"%s\"".formatted(outcome),
        "\"revision\":%d,".formatted(revision));
  }

  private static void awaitStatus(OperatedTopics topics, String id, String... parts) {
    await("status of " + id)
        .atMost(PATIENCE)
        .until(
            () ->
                topics.records(TOPICS.documentStatus()).stream()
                    .filter(record -> id.equals(new String(record.key(), UTF_8)))
                    .map(AcceptedDocumentsIT::text)
                    .anyMatch(status -> List.of(parts).stream().allMatch(status::contains)));
  }

  private static DocumentEdit oldTower(int i) {
    return tower("old" + i, 5, 700 + i);
  }

  private static DocumentEdit tower(String id, long revision, int metres) {
    String text = "The tower of Varn called %s is %d metres high.".formatted(id, metres);
    return new DocumentEdit(id, revision, EditKind.UPSERT, "", text, true, null, Provenance.NONE);
  }

  private static void edit(OperatedTopics topics, DocumentEdit edit) {
    topics.send(
        new ProducerRecord<>(
            TOPICS.documents(), bytes(edit.id()), Codecs.DOCUMENT_EDIT.encode(edit)));
  }

  /** Writes what an updater writes that is restored in between. */
  private static void replay(OperatedTopics topics, DocumentEdit... edits) {
    for (DocumentEdit edit : edits) {
      AcceptedEdit accepted =
          new AcceptedEdit(edit, DocumentState.of(edit).tie(), new AcceptedEdit.Origin(1, 0, 0));
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              TOPICS.acceptedDocuments(),
              AcceptedEditCodec.key(accepted),
              AcceptedEditCodec.value(accepted));
      AcceptedEditCodec.headers(accepted).forEach(record.headers()::add);
      topics.send(record);
    }
  }

  private static String last(OperatedTopics topics, String id) {
    return topics.records(TOPICS.acceptedDocuments()).stream()
        .filter(record -> id.equals(new String(record.key(), UTF_8)))
        .map(AcceptedDocumentsIT::text)
        .reduce("", (before, after) -> after);
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    return record.value() == null ? "" : new String(record.value(), UTF_8);
  }
}
