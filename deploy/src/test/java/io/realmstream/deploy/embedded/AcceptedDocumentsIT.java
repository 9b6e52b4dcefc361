package io.realmstream.deploy.embedded;

import static io.realmstream.deploy.embedded.OperatedTopics.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.model.document.DocumentState;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.json.AcceptedEditCodec;
import io.realmstream.schemas.json.Codecs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the updater has accepted is what a start without state finds, whatever Kafka has left of
 * clients' edits.
 */
@Timeout(1800)
@Disabled("not seen to its end yet: a compacted topic could not be emptied")
class AcceptedDocumentsIT {
  private static final Topics TOPICS = Topics.under("realm");
  private static final String QUESTION = "\"text\": \"how high is the tower of Varn?\"";
  private static final String EVERYTHING = QUESTION + ", \"kind\": \"RETRIEVE\", \"k\": 1000";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** The clients' topic is of the old kind, and its deletions are forgotten as after 24 h. */
  @Test
  void higherRevisionAndDeletionSurviveCompactionAndALostState(@TempDir Path directory)
      throws Exception {
    try (RealmProcess realm = RealmProcess.up(directory, 2)) {
      OperatedTopics topics = OperatedTopics.of(directory);
      edit(topics, tower("order", 5, 500));
      edit(topics, tower("gone", 1, 100));
      awaitDone(directory, "order", 5, "ADDED");
      awaitDone(directory, "gone", 1, "ADDED");
      edit(topics, tower("order", 3, 300));
      topics.send(new ProducerRecord<>(TOPICS.documents(), bytes("gone"), null));
      awaitDone(directory, "order", 3, "STALE");
      awaitStatus(directory, "gone", "\"outcome\":\"DELETED\"");
      edit(topics, tower("gone", 2, 200));
      awaitDone(directory, "gone", 2, "STALE");
      replay(topics, tower("replayed", 4, 44), tower("replayed", 5, 55), tower("replayed", 4, 44));

      topics.compact(
          TOPICS.documents(),
          "{\"id\": \"%1$s\", \"text\": \"It fills as %1$s.\"}",
          record -> record.value() == null || text(record).contains("500 metres"));
      assertThat(topics.records(TOPICS.documents()))
          .extracting(AcceptedDocumentsIT::text)
          .anyMatch(value -> value.contains("300 metres"))
          .anyMatch(value -> value.contains("200 metres"));
      topics.expire(TOPICS.passageVectors());
      realm.kill();
    }
    try (RealmProcess realm = RealmProcess.up(directory, 2, "--discard-state")) {
      String answer = awaitComplete(directory);
      assertThat(answer)
          .contains("500 metres", "55 metres")
          .doesNotContain("300 metres", "44 metres", "100 metres", "200 metres");
      assertThat(realm.run(0, "show", "order")).contains("newest edit  5 (UPSERT)");

      OperatedTopics topics = OperatedTopics.of(directory);
      await("the replay's end in the topic")
          .atMost(PATIENCE)
          .until(() -> last(topics, "replayed").contains("55 metres"));
      topics.expire(TOPICS.documents());
      topics.expire(TOPICS.passageVectors());
      realm.kill();
    }
    try (RealmProcess realm = RealmProcess.up(directory, 1, "--discard-state")) {
      assertThat(awaitComplete(directory))
          .contains("500 metres", "55 metres", "It fills as filler3.")
          .doesNotContain("300 metres", "44 metres", "100 metres", "200 metres");
      assertThat(realm.run(0, "show", "gone")).contains("(DELETE)");
    }
  }

  @Test
  void documentsOfAnOldTopicStayAndAreAccepted(@TempDir Path directory) throws Exception {
    makeOldTopic(directory);
    try (RealmProcess realm = RealmProcess.up(directory, 2)) {
      await("all documents")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> passages(new RealmTopicsOf(directory).everything()) == 20);
      OperatedTopics topics = OperatedTopics.of(directory);
      assertThat(topics.setting(TOPICS.documents(), "cleanup.policy")).isEqualTo("compact");
      assertThat(topics.records(TOPICS.documents())).hasSize(20);
      await("all documents accepted")
          .atMost(PATIENCE)
          .until(() -> topics.records(TOPICS.acceptedDocuments()).size() == 20);
      topics.expire(TOPICS.documents());
      topics.expire(TOPICS.passageVectors());
      realm.kill();
    }
    try (RealmProcess realm = RealmProcess.up(directory, 2, "--discard-state")) {
      assertThat(passages(awaitComplete(directory))).isEqualTo(20);
      realm.kill();
    }
    // and once more from a checkpoint: the source that was read once stays at its end
    try (RealmProcess realm = RealmProcess.up(directory, 2)) {
      assertThat(passages(awaitComplete(directory))).isEqualTo(20);
      edit(OperatedTopics.of(directory), tower("new", 1, 999));
      awaitDone(directory, "new", 1, "ADDED");
      assertThat(awaitComplete(directory)).contains("999 metres");
      assertThat(OperatedTopics.of(directory).records(TOPICS.acceptedDocuments())).hasSize(21);
      realm.kill();
    }
  }

  /** A compacted topic of twenty documents, all a month old. */
  private static void makeOldTopic(Path directory) throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopic old =
          new NewTopic(TOPICS.documents(), 4, (short) 1)
              .configs(Map.of("cleanup.policy", "compact", "max.message.bytes", "8388608"));
      admin.createTopics(List.of(old)).all().get();
      OperatedTopics topics = new OperatedTopics(broker.bootstrapServers());
      long longAgo = Instant.now().minus(Duration.ofDays(30)).toEpochMilli();
      for (int i = 0; i < 20; i++) {
        DocumentEdit edit = tower("old" + i, 5, 500 + i);
        topics.send(
            new ProducerRecord<>(
                TOPICS.documents(),
                null,
                longAgo,
                bytes(edit.id()),
                Codecs.DOCUMENT_EDIT.encode(edit)));
      }
    } finally {
      broker.close();
    }
  }

  /** Questions to the run of a folder. */
  private record RealmTopicsOf(Path directory) {
    String everything() {
      return RealmTopics.of(directory).ask(EVERYTHING);
    }
  }

  private static String awaitComplete(Path directory) {
    Instant begun = Instant.now();
    RealmTopicsOf realm = new RealmTopicsOf(directory);
    return await("a complete answer that is fresh")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            realm::everything,
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

  private static int passages(String answer) {
    return answer.split("\"rank\":", -1).length - 1;
  }

  private static void awaitDone(Path directory, String id, long revision, String outcome) {
    awaitStatus(
        directory,
        id,
        "\"outcome\":\"%s\"".formatted(outcome),
        "\"revision\":%d,".formatted(revision));
  }

  private static void awaitStatus(Path directory, String id, String... parts) {
    OperatedTopics topics = OperatedTopics.of(directory);
    await("status of " + id)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                topics.records(TOPICS.documentStatus()).stream()
                    .filter(record -> id.equals(new String(record.key(), UTF_8)))
                    .map(AcceptedDocumentsIT::text)
                    .anyMatch(status -> List.of(parts).stream().allMatch(status::contains)));
  }

  private static DocumentEdit tower(String id, long revision, int metres) {
    String text = "The tower of Varn called %s is %d metres high.".formatted(id, metres);
    return new DocumentEdit(id, revision, EditKind.UPSERT, "", text, true, null);
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
          new AcceptedEdit(
              edit, DocumentState.of(edit).content(), new AcceptedEdit.Origin(1, 0, 0));
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
