package io.realmstream.deploy.embedded;

import static io.realmstream.schemas.vectors.DocumentRevision.NO_EDIT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.DeadLetterHeaders;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input through the real broker never stops a job and never vanishes: one run takes it all. */
class MalformedRecordsIT {
  private static final Hash128 UID = new Hash128(7, 7);

  @TempDir private static Path directory = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static RealmProcess realm;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static RealmTopics topics;

  private static int metricsPort;

  @BeforeAll
  static void up() throws Exception {
    metricsPort = Ports.free(1).get(0);
    realm = RealmProcess.up(directory, 1, "--metrics-port=" + metricsPort);
    topics = RealmTopics.of(directory);
    load("ada", "Ada keeps eleven goats.");
  }

  /** After all of it: the same tasks still run, take edits and answer. */
  @AfterAll
  static void bothJobsHaveGoneOnWithoutARestart() {
    try {
      load("bo", "Bo keeps seven geese.");
      assertThat(topics.ask("\"text\": \"how many geese does Bo keep?\"")).contains("\"seven");
      assertThat(topics.restarts("KnowledgeUpdater")).isZero();
      assertThat(topics.restarts("KnowledgeRetriever")).isZero();
    } finally {
      realm.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "realm.documents.v1, 1",
    "realm.retriever-checkpoints.v1, 1",
    "realm.index-versions.v1, 2", // read by both jobs
    "realm.passage-vectors.v1, 1",
    "realm.queries.v1, 1"
  })
  void bytesThatAreNoRecordBecomeDeadLettersAsTheyCame(String topic, int readers) {
    byte[] garbage = "{\"id\": \"half a rec".getBytes(UTF_8);
    byte[] brokenUtf8 = "{\"id\": \"?\", \"text\": \"t\"}".getBytes(UTF_8);
    brokenUtf8[8] = (byte) 0xFF;
    byte[] wrongType = "{\"id\": [], \"text\": 5, \"kind\": 0}".getBytes(UTF_8);
    for (byte[] value : List.of(garbage, brokenUtf8, wrongType)) {
      topics.awaitDeadLetters(topics.send(topic, "key", value), readers, value, "MALFORMED");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "text": "t", "k": 0                     | k: must have a minimum value of 1 (is 0)
          "text": "t", "k": 1000000               | k: must have a maximum value of 1000 (is 1000000)
          "text": "t", "kind": "ASK"              | kind: does not have a value in the enumeration
          "text": "t", "kind": "MASKED_LM"        | text: must have 1 to 10 masks [MASK] (has 0)
          "text": ""                              | text: must be at least 1 characters long (is 0)
          "text": "\\u200b ?!"                    | text: must have a letter, a number or a symbol
          "k": 5                                  | text: required
          "text": "t", "deadline": "tomorrow"     | deadline: does not match the date-time pattern
          """)
  void queryThatBreaksALimitIsAnsweredInvalid(String fields, String reason) {
    String answer = topics.ask(fields);
    assertThat(answer).contains("\"status\":\"INVALID\"").contains(reason.replace("\"", "\\\""));
  }

  @Test
  void queryWithoutAUsableIdIsADeadLetter() {
    for (String id : List.of("\"" + "x".repeat(513) + "\"", "7", "\"\"")) {
      byte[] query = "{\"id\": %s, \"text\": \"t\"}".formatted(id).getBytes(UTF_8);
      topics.awaitDeadLetters(
          topics.send("realm.queries.v1", "k", query), 1, query, "MALFORMED", "id: ");
    }
  }

  @Test
  void oddQueriesAreAnswered() {
    assertThat(topics.ask("\"text\": \"how many goats?\", \"colour\": {\"red\": [1]}"))
        .contains("\"status\":\"ANSWERED\"");
    assertThat(topics.ask("\"text\": \"how \\u0000 many \\u0007 goats \\u001b[2J ?\""))
        .contains("\"status\":\"ANSWERED\"");
    assertThat(topics.ask("\"text\": \"" + "how many goats ".repeat(3_334) + "\""))
        .contains("\"status\":\"ANSWERED\"", "\"truncated\":true");
    assertThat(topics.ask("\"text\": \"goats?\", \"deadline\": \"2001-01-01T00:00:00Z\""))
        .contains("\"status\":\"TIMED_OUT\"", "deadline: passed before the query was read");
  }

  @Test
  void editThatBreaksALimitIsADeadLetter() {
    for (String edit :
        List.of(
            "{\"id\": \"d\", \"kind\": \"PATCH\"}",
            "{\"id\": \"d\", \"revision\": \"2\"}",
            "{\"id\": \"d\", \"revision\": -2}",
            "{\"id\": \"" + "x".repeat(513) + "\"}",
            "{\"id\": \"\"}",
            "{\"id\": \"ada\", \"text\": \"Under another document's key.\"}",
            "{\"id\": \"d\", \"eventTime\": \"9999-12-31T23:59:59-05:00\"}",
            "{\"text\": \"whose?\"}")) {
      byte[] value = edit.getBytes(UTF_8);
      topics.awaitDeadLetters(topics.send("realm.documents.v1", "d", value), 1, value, "MALFORMED");
    }
    topics.awaitDeadLetters(
        topics.send("realm.documents.v1", "x".repeat(513), null), 1, null, "MALFORMED", "key: ");
  }

  @Test
  void documentOverFourMebibytesIsADeadLetterOfItsFirstMebibyte() {
    byte[] value = document("huge", "x".repeat(4 << 20));
    var letter =
        topics
            .awaitDeadLetters(
                topics.send("realm.documents.v1", "huge", value),
                1,
                Arrays.copyOf(value, 1 << 20),
                "TOO_LARGE",
                "at most 4194304")
            .get(0);
    assertThat(RealmTopics.header(letter, DeadLetterHeaders.TRUNCATED)).isEqualTo("true");
  }

  @Test
  void oddDocumentsAreAddedAndAnswersThatQuoteTooMuchFail() {
    topics.send("realm.documents.v1", "empty", "{\"id\": \"empty\"}".getBytes(UTF_8));
    topics.send("realm.documents.v1", "control", document("control", "\\u0000\\u0007 \\u001b[2J"));
    topics.send(
        "realm.documents.v1",
        "more",
        "{\"id\": \"more\", \"text\": \"t\", \"x\": 1}".getBytes(UTF_8));
    for (int i = 0; i < 3; i++) {
      topics.send(
          "realm.documents.v1",
          "big" + i,
          document("big" + i, ("goats" + i + " ").repeat(580_000)));
    }
    for (String id : List.of("empty", "control", "more", "big0", "big1", "big2")) {
      assertThat(topics.awaitStatus(id)).contains("\"outcome\":\"ADDED\"");
    }
    assertThat(topics.awaitStatus("empty")).contains("\"passages\":0");
    assertThat(topics.awaitStatus("big0")).contains("\"truncated\":1");

    assertThat(topics.ask("\"text\": \"goats goats\", \"kind\": \"RETRIEVE\", \"k\": 10"))
        .contains("\"status\":\"FAILED\"", "ask for a smaller k");
    for (int i = 0; i < 3; i++) { // out of the way of the other tests
      topics.send("realm.documents.v1", "big" + i, null);
    }
    String goats = "\"text\": \"goats\", \"kind\": \"RETRIEVE\"";
    await("big ones gone").until(() -> topics.ask(goats).contains("ANSWERED"));
  }

  @Test
  void vectorsThatNobodyCouldScoreAreDeadLetters() {
    byte[] other = VectorMessageCodec.encode(vectors(new float[] {1, 2, 3}));
    topics.awaitDeadLetters(
        topics.send("realm.passage-vectors.v1", "d", other), 1, other, "DIMENSION", "384");
    byte[] cut = Arrays.copyOf(other, other.length - 3);
    topics.awaitDeadLetters(topics.send("realm.passage-vectors.v1", "d", cut), 1, cut, "MALFORMED");
    for (int infinityOrNaN : new int[] {0x7f800000, 0x7fc00000}) {
      byte[] bad = other.clone(); // behind the last float: no trunk output, and the list's end
      bad[bad.length - 3] = (byte) (infinityOrNaN >>> 24);
      bad[bad.length - 4] = (byte) (infinityOrNaN >>> 16);
      topics.awaitDeadLetters(
          topics.send("realm.passage-vectors.v1", "d", bad), 1, bad, "MALFORMED", "finite");
    }
  }

  @Test
  void checkpointThatCannotBeUsedIsRefusedWithItsReason() throws Exception {
    byte[] half = Arrays.copyOf(Files.readAllBytes(anyModel()), 100_000);
    Path truncated = Files.write(directory.resolve("truncated.onnx"), half);
    String digest = RealmTopics.sha256(half);
    Map<Part, String> reasons =
        Map.of(
            new Part("file:///no/such/trunk.onnx", "2".repeat(64)), "no such file",
            new Part("https://models.invalid/trunk.onnx", "1".repeat(64)),
                "is not from an allowed source",
            new Part(truncated.toUri().toString(), "0".repeat(64)), "SHA-256",
            new Part(truncated.toUri().toString(), digest), "trunk");
    for (Map.Entry<Part, String> entry : reasons.entrySet()) {
      byte[] value = Codecs.RETRIEVER_CHECKPOINT.encode(withTrunk(entry.getKey()));
      long before = topics.refusals().count();
      topics.send("realm.retriever-checkpoints.v1", "minilm", value);
      await("a refusal")
          .atMost(Duration.ofMinutes(1))
          .until(() -> topics.refusals().count() > before);
      assertThat(topics.refusals().skip(before))
          .singleElement()
          .asString()
          .contains(entry.getValue());
    }
  }

  @Test
  void metricsOnThePortAreThoseThatThePageListsAndNoOthers() throws Exception {
    assertThat(topics.ask("\"text\": \"how many goats?\"")).contains("ANSWERED");
    assertThat(ScrapedMetrics.of(metricsPort)).isEqualTo(ScrapedMetrics.listed());
  }

  @Test
  void secondUpOnTheSameFolderIsRefusedInOneLine() {
    String error = realm.error(1, "up", "--kafka-port=0", "--dashboard-port=0");
    assertThat(error).contains("is in use by process").hasLineCount(1);
  }

  private static void load(String id, String text) {
    topics.send("realm.documents.v1", id, document(id, text));
    assertThat(topics.awaitStatus(id)).contains("\"outcome\":\"ADDED\"");
  }

  /** A document that is one passage however long. */
  private static byte[] document(String id, String text) {
    return ("{\"id\":\"" + id + "\",\"split\":false,\"text\":\"" + text + "\"}").getBytes(UTF_8);
  }

  private static PassageVectors vectors(float[] vector) {
    EditTimes never = new EditTimes(null, Instant.EPOCH, Instant.EPOCH);
    return new PassageVectors(
        "d",
        0,
        1,
        new DocumentRevision(
            1, NO_EDIT, Outcome.ADDED, "", never, 0, VectorCounts.NONE, Provenance.NONE),
        RecordPart.WHOLE,
        List.of(new ManifestEntry(UID, 0, 1)),
        List.of(new PassageInsert(UID, UID, "t", vector)));
  }

  private static Path anyModel() throws Exception {
    try (var files = Files.walk(directory.resolve("models"))) {
      var big = files.filter(file -> file.toFile().isFile() && file.toFile().length() > 1_000_000);
      return big.findFirst().orElseThrow();
    }
  }

  private static RetrieverCheckpoint withTrunk(Part trunk) {
    RetrieverCheckpoint good = DefaultCheckpoints.minilm();
    EncoderTower tower = good.documentTower();
    EncoderTower bad =
        new EncoderTower(
            trunk,
            tower.tokenizer(),
            null,
            tower.pooling(),
            tower.normalized(),
            tower.prefix(),
            tower.title(),
            tower.tokensMax());
    return good.with(bad, good.queryTower(), good.scoreScale());
  }
}
