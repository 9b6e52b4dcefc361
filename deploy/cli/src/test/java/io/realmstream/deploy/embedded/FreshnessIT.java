package io.realmstream.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What answers say of their freshness, beside a real broker to which others do things, too. All
 * tests share one run, so each has documents of its own.
 */
@SuppressWarnings("NullAway.Init") // set before all tests
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FreshnessIT {
  private static final Topics TOPICS = new Topics("realm");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private static Path directory;
  private static EmbeddedRun run;
  private static RealmTopics topics;

  @BeforeAll
  static void start() throws Exception {
    run =
        EmbeddedRun.start(
            new RunSettings(directory.resolve("realm"), 0, 0, null, 2, "minilm", false),
            EmbeddedJob::all,
            line -> {});
    topics = new RealmTopics(run.bootstrapServers(), run.dashboard());
  }

  @AfterAll
  static void stop() {
    run.close();
  }

  /** The last offset of a partition is no record then, but a mark that nobody is handed. */
  @Test
  void datesGoOnBehindTheLastOfManyTransactions() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(true)) {
      for (int i = 0; i < 10; i++) {
        producer.beginTransaction();
        var unused = producer.send(record(null, null, "document " + i, "A text of cats."));
        producer.commitTransaction();
      }
      awaitDate(Instant.now());

      producer.beginTransaction();
      RecordMetadata open = producer.send(record(null, null, "open", "Not yet.")).get();
      String name = "partition %d: a transaction is open".formatted(open.partition());
      assertThat(status()).contains(name);
      topics.awaitHeartbeats(3);
      Instant written = Instant.ofEpochMilli(open.timestamp());
      assertThat(ask().run().indexedThrough()).isNotNull().isBefore(written);
      producer.abortTransaction();
      awaitDate(Instant.now());
      await().atMost(PATIENCE).until(() -> !status().contains("a transaction is open"));
    }
  }

  /** What stands behind them in their partitions is answered, and nothing counts as unread. */
  @Test
  void editsAndQuestionsOfAnAbortedTransactionWereNeverSaid() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(true)) {
      for (boolean committed : new boolean[] {false, true, false, true}) {
        String id = committed ? "committed" : "aborted";
        producer.beginTransaction();
        var edit = producer.send(record(0, null, id, "A text of cats that was " + id + "."));
        var question = producer.send(question(id));
        producer.flush();
        if (committed) {
          producer.commitTransaction();
        } else {
          edit.get(); // the broker had both
          question.get();
          producer.abortTransaction();
        }
      }
    }
    awaitDate(Instant.now());
    topics.awaitAnswer("committed");

    assertThat(ask().toString()).contains("was committed").doesNotContain("was aborted");
    assertThat(topics.answers("aborted")).isEmpty();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(status())
                    .contains("\"reader\":\"updater-documents\",\"records\":0")
                    .contains("\"reader\":\"retriever-queries\",\"records\":0"));
  }

  private static ProducerRecord<byte[], byte[]> question(String id) {
    String query = "{\"id\": \"%s\", \"text\": \"cats\", \"kind\": \"RETRIEVE\"}".formatted(id);
    return new ProducerRecord<>(TOPICS.queries(), 0, id.getBytes(UTF_8), query.getBytes(UTF_8));
  }

  @Test
  void producersClocksAreNotTrusted() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(false)) {
      Instant before = awaitDate(Instant.now());
      recordTimes("CreateTime");
      await().atMost(PATIENCE).until(() -> status().contains("its times are the producers'"));
      // looks that were made before the change may still be on their way
      topics.awaitHeartbeats(3);
      Instant changed = Instant.now();
      // the broker takes what is an hour ahead, and no more
      for (String clock : List.of("behind", "ahead")) {
        Instant hourOff = changed.plus(Duration.ofHours(clock.equals("ahead") ? 1 : -1));
        producer.send(record(null, hourOff.toEpochMilli(), clock, "A text of dogs.")).get();
        topics.awaitStatus(clock);
        topics.awaitHeartbeats(3);

        Instant date = ask().run().indexedThrough();
        assertThat(date).as(clock).isNotNull().isAfterOrEqualTo(before).isBefore(changed);
      }
      recordTimes("LogAppendTime");
      assertThat(awaitDate(changed)).isBeforeOrEqualTo(Instant.now());
      assertThat(status()).doesNotContain("its times are the producers'");
    }
  }

  @Test
  void partitionThatIsAddedToTheDocumentsIsReadAndNeverClaimedOver() throws Exception {
    awaitDate(Instant.now());
    try (Admin admin = admin();
        KafkaProducer<byte[], byte[]> producer = producer(false)) {
      admin.createPartitions(Map.of(TOPICS.documents(), NewPartitions.increaseTo(6))).all().get();
      RecordMetadata sent =
          await()
              .atMost(PATIENCE)
              .until(
                  () -> {
                    boolean known = producer.partitionsFor(TOPICS.documents()).size() == 6;
                    return known
                        ? producer.send(record(5, null, "added", "A text of cats.")).get()
                        : null;
                  },
                  place -> place != null);
      Instant time = Instant.ofEpochMilli(sent.timestamp());
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                Answer answer = ask();
                Instant date = answer.run().indexedThrough();
                boolean claimed = date != null && !date.isBefore(time);
                boolean there = answer.toString().contains("added");
                assertThat(there || !claimed).as("%s", answer).isTrue();
                return claimed;
              });
    }
  }

  @Test
  @Order(Integer.MAX_VALUE) // it starts the run again
  void partitionsThatAreAddedToTheVectorsMoveNoShard() throws Exception {
    try (Admin admin = admin()) {
      admin
          .createPartitions(Map.of(TOPICS.passageVectors(), NewPartitions.increaseTo(7)))
          .all()
          .get();
    }
    awaitDate(Instant.now());
    run.close();
    start();
    try (KafkaProducer<byte[], byte[]> producer = producer(false)) {
      for (int i = 0; i < 20; i++) {
        producer.send(record(null, null, "moved " + i, "A text of cats " + i + ".")).get();
      }
    }
    Instant sent = Instant.now();
    awaitDate(sent);
    assertThat(ask().result().passages())
        .filteredOn(evidence -> evidence.passage().document().startsWith("moved "))
        .hasSize(20);
    assertThat(status()).contains("the updater writes 4 of 7 partitions");
  }

  /** The date of the first answer that claims as much. */
  private Instant awaitDate(Instant atLeast) {
    return await()
        .atMost(PATIENCE)
        .until(() -> ask().run().indexedThrough(), date -> date != null && !date.isBefore(atLeast));
  }

  private Answer ask() throws Exception {
    String answer = topics.ask("\"text\": \"cats\", \"kind\": \"RETRIEVE\", \"k\": 100");
    return Codecs.ANSWER.decode(answer.getBytes(UTF_8));
  }

  private String status() {
    CommandRun status =
        CommandRun.of("status", "--json", "--bootstrap-servers", run.bootstrapServers());
    assertThat(status.exitCode()).as(status.err()).isEqualTo(ExitCode.OK);
    return status.out();
  }

  private void recordTimes(String type) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPICS.documents());
    ConfigEntry setting = new ConfigEntry("message.timestamp.type", type);
    try (Admin admin = admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(topic, List.of(new AlterConfigOp(setting, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", run.bootstrapServers()));
  }

  private KafkaProducer<byte[], byte[]> producer(boolean transactional) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", run.bootstrapServers());
    if (transactional) {
      properties.put("transactional.id", "a stranger");
    }
    ByteArraySerializer bytes = new ByteArraySerializer();
    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties, bytes, bytes);
    if (transactional) {
      producer.initTransactions();
    }
    return producer;
  }

  private static ProducerRecord<byte[], byte[]> record(
      @Nullable Integer partition, @Nullable Long timeMs, String id, String text) {
    DocumentEdit edit =
        new DocumentEdit(id, 1L, EditKind.UPSERT, "", text, true, null, Provenance.NONE);
    byte[] value = Codecs.DOCUMENT_EDIT.encode(edit);
    return new ProducerRecord<>(TOPICS.documents(), partition, timeMs, id.getBytes(UTF_8), value);
  }
}
