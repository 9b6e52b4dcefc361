package io.realmstream.deploy.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.EmbeddedRun;
import io.realmstream.deploy.embedded.RunSettings;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.interleaving.Session.World;
import io.realmstream.deploy.sample.SampleKnowledgeBase;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From e5 to MiniLM to bge at about five questions a second and half as many edits: no answer is
 * lost, and each is, byte for byte, what plain loops make of the version that it names. With more
 * and other documents: {@code -Drealm.refresh.documents=300 -Drealm.refresh.passages=FILE} of lines
 * {id, title, text}.
 */
class RefreshUnderLoadIT {
  private static final long SEED = 5;
  private static final String PREFIX = "s" + SEED + "-";
  private static final int QUESTION_EVERY_MS = 200;
  private static final int OPEN_QA_EVERY = 5;
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final int K = 5;
  private static final int READ = 2;

  private final Random random = new Random(SEED);
  private int questions;
  private int edits;

  @Test
  void everyAnswerDuringBothSwitchesIsThatOfPlainLoops(@TempDir Path directory) throws Exception {
    List<DocumentEdit> documents = documents();
    RunSettings settings = new RunSettings(directory.resolve("realm"), 0, 0, null, 2, "e5", false);
    try (EmbeddedRun run = EmbeddedRun.start(settings, EmbeddedJob::all, line -> {});
        PlainAnswers plain = new PlainAnswers(settings.models());
        Conversation realm =
            new Conversation(
                new Connection(
                    Map.of("bootstrap.servers", run.bootstrapServers()), new Topics("realm")))) {
      TinyCheckpoints none = new TinyCheckpoints(directory);
      World world = new World(realm, none, plain, () -> Instant.EPOCH);
      Session session = new Session(SEED, world, random, documents.size());
      session.publish(DefaultCheckpoints.e5());
      documents.forEach(session::edit);
      session.settle();
      for (RetrieverCheckpoint next :
          List.of(DefaultCheckpoints.minilm(), DefaultCheckpoints.bge())) {
        plain.vectors(next, documents); // or judging would hold up the questions
        session.publish(next);
        while (!session.serving().checkpoint().equals(next)) {
          converse(session, documents);
        }
        session.settle();
      }
      System.out.printf(
          "seed %d: %d questions and %d edits of %d documents, %d answers are right%n",
          SEED, questions, edits, documents.size(), session.judged());
      assertThat(session.judged()).isGreaterThanOrEqualTo(questions);
      assertThat(realm.deadLetters()).isZero();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + SEED, e);
    }
  }

  /** An edit and two questions. */
  private void converse(Session session, List<DocumentEdit> documents) throws Exception {
    session.edit(edit(session, documents.get(random.nextInt(documents.size()))));
    for (int i = 0; i < 2; i++) {
      session.ask(question());
      session.listen(QUESTION_EVERY_MS);
    }
  }

  private DocumentEdit edit(Session session, DocumentEdit document) {
    DocumentEdit newest = session.histories.newest(document.id());
    long revision = newest.revision() == null ? 2 : newest.revision() + 1;
    String text = "Edit %d. %s".formatted(++edits, document.text());
    return new DocumentEdit(
        document.id(),
        revision,
        EditKind.UPSERT,
        document.title(),
        text,
        document.split(),
        null,
        Provenance.NONE);
  }

  private Query question() {
    List<SampleKnowledgeBase.Question> texts = SampleKnowledgeBase.questions();
    int number = questions++;
    return new Query(
        PREFIX + "question-" + number,
        texts.get(random.nextInt(texts.size())).question(),
        number % OPEN_QA_EVERY == 0 ? QueryKind.OPEN_QA : QueryKind.RETRIEVE,
        new QueryScope(K, READ, true, null, null),
        Instant.now().plus(DEADLINE),
        QueryOptions.DEFAULT);
  }

  /** Under ids of the session. */
  private static List<DocumentEdit> documents() throws Exception {
    int count = Integer.getInteger("realm.refresh.documents", 30);
    String file = System.getProperty("realm.refresh.passages");
    if (file == null) {
      return SampleKnowledgeBase.documents().stream()
          .limit(count)
          .map(sample -> document(sample.id(), sample.title(), sample.text()))
          .toList();
    }
    List<DocumentEdit> documents = new ArrayList<>();
    JsonMapper json = JsonMapper.builder().build();
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      for (String line : lines.limit(count).toList()) {
        JsonNode row = json.readTree(line);
        documents.add(
            document(row.get("id").asText(), row.get("title").asText(), row.get("text").asText()));
      }
    }
    return documents;
  }

  private static DocumentEdit document(String id, String title, String text) {
    return new DocumentEdit(
        PREFIX + id, 1L, EditKind.UPSERT, title, text, true, null, Provenance.NONE);
  }
}
