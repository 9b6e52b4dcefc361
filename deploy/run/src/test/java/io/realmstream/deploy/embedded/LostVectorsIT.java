package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.embedded.PublishedVectors.Published;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.PassageVectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The retention of the topics passes in each of the situations in which that loses something. What
 * is missing is known, no answer claims it, and the updater publishes it again from its state: in
 * the end documents, vectors and answers are those of a run that lost nothing, byte for byte.
 */
@Timeout(1200)
class LostVectorsIT {
  private static final Topics TOPICS = new Topics("realm");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TEXT = "\"text\": \"how high is Victoria Falls\", ";
  private static final String EVERYTHING = TEXT + "\"kind\": \"RETRIEVE\", \"k\": 1000";
  private static final List<String> QUESTIONS =
      List.of(
          EVERYTHING,
          TEXT + "\"kind\": \"RETRIEVE\", \"k\": 2",
          TEXT + "\"kind\": \"OPEN_QA\", \"k\": 4");

  private static final String UPDATER = "KnowledgeUpdater";
  private static final String RETRIEVER = "KnowledgeRetriever";

  private static final List<DocumentEdit> FIRST =
      List.of(
          text("falls", 1, "Victoria Falls is 108 metres high."),
          text("bread", 1, "Bread is made of flour."),
          text("salt", 1, "Salt is mined in Varn."));
  private static final List<DocumentEdit> WITHOUT_RETRIEVER =
      List.of(
          text("falls", 2, "Victoria Falls is 999 metres high."),
          deletion("salt", 2),
          text("tea", 1, "Tea is grown in Osholm."));
  private static final List<DocumentEdit> WITHOUT_UPDATER =
      List.of(
          text("bread", 2, "Bread is made of rye."),
          deletion("tea", 2),
          text("coffee", 1, "Coffee is drunk at the falls."));
  private static final DocumentEdit LONG = text("tale", 1, tale());

  @TempDir private Path folder = Path.of("unset");

  private Path directory = Path.of("unset");
  private KnownEdits known = new KnownEdits();
  private PublishedVectors told = new PublishedVectors();

  /** What a run says in the end. */
  private record Outcome(Map<String, String> documents, List<String> results) {}

  private Outcome undisturbed = new Outcome(Map.of(), List.of());
  private Outcome undisturbedAtFirst = new Outcome(Map.of(), List.of());

  @BeforeEach
  void loseNothing() throws Exception {
    directory = folder.resolve("undisturbed");
    try (EmbeddedRun run = up(UPDATER, RETRIEVER)) {
      edit(run, FIRST);
      edit(run, WITHOUT_RETRIEVER);
      undisturbedAtFirst = outcome(run);
      edit(run, WITHOUT_UPDATER);
      edit(run, List.of(LONG));
      undisturbed = outcome(run);
    }
    known = new KnownEdits();
    told = new PublishedVectors();
  }

  @Test
  void whatRetentionTakesIsToldAgainWhoeverWasDown() throws Exception {
    directory = folder.resolve("disturbed");
    try (EmbeddedRun run = up(UPDATER, RETRIEVER)) {
      edit(run, FIRST);
      outcome(run);
    }
    retrieverIsDown();
    updaterIsDown();
    topicIsTruncatedWithinADocument();
    retrieverBeginsAlone();
    updaterBeginsAlone();
    bothBeginAnew();
  }

  private void retrieverIsDown() throws Exception {
    try (EmbeddedRun run = up(UPDATER)) {
      edit(run, WITHOUT_RETRIEVER);
      awaitPublished(run, WITHOUT_RETRIEVER);
    }
    expire(TOPICS.passageVectors());
    try (EmbeddedRun run = up(UPDATER, RETRIEVER)) {
      assertThat(outcome(run)).isEqualTo(undisturbedAtFirst);
      assertThat(embedded(run, published -> true)).isZero();
    }
  }

  private void updaterIsDown() throws Exception {
    expire(TOPICS.documents(), TOPICS.passageVectors());
    try (EmbeddedRun run = up(RETRIEVER)) {
      edit(run, WITHOUT_UPDATER);
      for (int i = 0; i < 3; i++) {
        assertThat(known.isOfAll(everything(run))).isFalse();
      }
    }
  }

  /** And the retriever is down. */
  private void topicIsTruncatedWithinADocument() throws Exception {
    try (EmbeddedRun run = up(UPDATER)) {
      edit(run, List.of(LONG));
      awaitPublished(run, WITHOUT_UPDATER);
      awaitPublished(run, List.of(LONG));
      told.take(PublishedVectors.records(run.bootstrapServers()));
    }
    OperatedTopics.onBrokerAlone(
        directory,
        topics -> {
          Published second =
              PublishedVectors.records(topics.bootstrapServers()).stream()
                  .filter(published -> isPart(published.document(), 1))
                  .findFirst()
                  .orElseThrow();
          topics.truncate(second.partition(), second.offset());
        });
    try (EmbeddedRun run = up(UPDATER, RETRIEVER)) {
      assertThat(outcome(run)).isEqualTo(undisturbed);
      assertThat(embedded(run, published -> published.record().again())).isZero();
    }
  }

  private void retrieverBeginsAlone() throws Exception {
    expire(TOPICS.passageVectors());
    told = new PublishedVectors();
    try (EmbeddedRun run = upDiscarding(RETRIEVER)) {
      assertThat(outcome(run)).isEqualTo(undisturbed);
      assertThat(embedded(run, published -> true)).isZero();
    }
  }

  private void updaterBeginsAlone() throws Exception {
    expire(TOPICS.documents(), TOPICS.passageVectors());
    told = new PublishedVectors();
    try (EmbeddedRun run = upDiscarding(UPDATER)) {
      assertThat(outcome(run)).isEqualTo(undisturbed);
      assertThat(embedded(run, published -> true)).isPositive();
    }
  }

  private void bothBeginAnew() throws Exception {
    expire(TOPICS.documents(), TOPICS.passageVectors());
    Files.move(directory.resolve("checkpoints"), folder.resolve("lost as well"));
    told = new PublishedVectors();
    try (EmbeddedRun run = up(UPDATER, RETRIEVER)) {
      assertThat(outcome(run)).isEqualTo(undisturbed);
      assertThat(embedded(run, published -> true)).isPositive();
    }
  }

  private EmbeddedRun up(String... jobs) throws Exception {
    List<String> wanted = List.of(jobs);
    return up(all -> all.filter(job -> wanted.contains(job.name())).map(LostVectorsIT::anonymous));
  }

  /** As {@code --discard-state=} that job has it. */
  private EmbeddedRun upDiscarding(String name) throws Exception {
    return up(all -> all.map(job -> job.name().equals(name) ? job.discardingState() : job));
  }

  private EmbeddedRun up(UnaryOperator<Stream<EmbeddedJob>> jobs) throws Exception {
    RunSettings settings = new RunSettings(directory, 0, 0, null, 1, "minilm", false);
    return EmbeddedRun.start(
        settings, of -> jobs.apply(EmbeddedJob.all(of).stream()).toList(), line -> {});
  }

  /** It may begin without state: no groups of that name tell that it has read before. */
  private static EmbeddedJob anonymous(EmbeddedJob job) {
    return new EmbeddedJob(job.name(), "none", job.settings(), job.topology(), false);
  }

  private void edit(EmbeddedRun run, List<DocumentEdit> edits) {
    RealmTopics topics = new RealmTopics(run.bootstrapServers(), run.dashboard());
    for (DocumentEdit edit : edits) {
      long ms =
          topics.send(TOPICS.documents(), edit.id(), Codecs.DOCUMENT_EDIT.encode(edit)).timestamp();
      known.sent(edit, Instant.ofEpochMilli(ms));
    }
  }

  /** No answer may claim what is not there, and in the end all is there. */
  private Outcome outcome(EmbeddedRun run) {
    await("all that was sent").atMost(PATIENCE).until(() -> known.isOfAll(everything(run)));
    known.settle();
    RealmTopics topics = new RealmTopics(run.bootstrapServers(), run.dashboard());
    List<String> results = new ArrayList<>();
    for (String question : QUESTIONS) {
      String answer = topics.ask(question);
      results.add(answer.substring(answer.indexOf("\"result\":"), answer.lastIndexOf(",\"run\":")));
    }
    told.take(PublishedVectors.records(run.bootstrapServers()));
    return new Outcome(told.inForce(), results);
  }

  /** An answer that quotes every passage, and is not wrong. */
  private JsonNode everything(EmbeddedRun run) throws Exception {
    RealmTopics topics = new RealmTopics(run.bootstrapServers(), run.dashboard());
    JsonNode answer = JSON.readTree(topics.ask(EVERYTHING));
    assertThat(known.lie(answer)).as(answer.toString()).isEmpty();
    return answer;
  }

  private void expire(String... topics) throws Exception {
    OperatedTopics.onBrokerAlone(directory, alone -> List.of(topics).forEach(alone::expire));
  }

  private static void awaitPublished(EmbeddedRun run, List<DocumentEdit> edits) {
    await("published documents")
        .atMost(PATIENCE)
        .until(
            () -> {
              List<Published> records = PublishedVectors.records(run.bootstrapServers());
              return edits.stream()
                  .allMatch(edit -> records.stream().anyMatch(record -> is(record, edit)));
            });
  }

  private static boolean is(Published published, DocumentEdit edit) {
    PassageVectors document = published.document();
    return document != null
        && document.part().commits()
        && document.document().equals(edit.id())
        && Long.valueOf(document.revision().number()).equals(edit.revision());
  }

  private static int embedded(EmbeddedRun run, Predicate<Published> counted) {
    int embedded = 0;
    for (Published published : PublishedVectors.records(run.bootstrapServers())) {
      PassageVectors document = published.document();
      embedded +=
          document != null && counted.test(published) ? document.revision().counts().embedded() : 0;
    }
    return embedded;
  }

  private static boolean isPart(@Nullable PassageVectors document, int part) {
    return document != null
        && document.document().equals(LONG.id())
        && document.part().part() == part;
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

  private static DocumentEdit text(String id, long revision, String text) {
    return new DocumentEdit(id, revision, EditKind.UPSERT, "", text, true, null, Provenance.NONE);
  }

  private static DocumentEdit deletion(String id, long revision) {
    return DocumentEdit.deletion(id, revision);
  }
}
