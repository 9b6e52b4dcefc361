package io.realmstream.deploy.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.EmbeddedRun;
import io.realmstream.deploy.embedded.RunSettings;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.interleaving.Session.World;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.model.retrieval.SearchAgain;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What stands is found however many copies and deleted passages come before it; an answer that gave
 * up before says so. Broker and both jobs run in this process; {@link Session} judges each answer
 * by plain loops.
 */
class CrowdedSearchesIT {
  /** Of these numbers, one after the other. */
  private static final int[] COPIES = {2, 3, 5};

  private static final int TEXTS = 120;

  /** All of them are asked for, beside 300 passages that are deleted and still in the cells. */
  private static final int SHORT_TEXTS = 20;

  /** Of the deleted passages, each about another word. */
  private static final int GROUPS = 10;

  private static final int QUESTIONS = 15;
  private static final long SEED = 3;

  @Test
  void copiesTakeNoRoom(@TempDir Path directory) throws Exception {
    try (Realm realm = new Realm(directory, new Configuration())) {
      Session session = realm.session(SEED);
      List<String> texts = texts(TEXTS);
      int copies = 0;
      for (int wanted : COPIES) {
        for (; copies < wanted; copies++) {
          realm.add(session, texts, copies);
        }
        session.settleEdits();
        for (int k : new int[] {1, 10, 100}) {
          for (int i = 0; i < 5; i++) {
            AnswerResult answer = ask(session, session.queries.retrieve(k));
            assertThat(answer.coverage().exact()).isTrue();
            assertThat(answer.passages()).as("k = %d, %d copies", k, copies).hasSize(k);
          }
        }
        assertThat(ask(session, session.queries.retrieve(1_000)).passages()).hasSize(TEXTS);
      }
      assertThat(realm.searchedAgain()).as("copies cost no second search").isEmpty();
    }
  }

  @Test
  void aDeletedDocumentOf300PassagesHidesNothing(@TempDir Path directory) throws Exception {
    try (Realm realm = new Realm(directory, deletedStay())) {
      Session session = realm.session(SEED);
      List<String> texts = texts(SHORT_TEXTS);
      realm.add(session, texts, 0);
      int before = deleteLongDocumentAndAsk(realm, session);
      assertThat(before).as("questions that were searched again").isPositive();

      realm.add(session, texts, 1);
      realm.add(session, texts, 2);
      int both = deleteLongDocumentAndAsk(realm, session);
      assertThat(both).as("with copies besides").isPositive();
    }
  }

  @Test
  void whiteSpaceAloneMakesNoOtherCandidate(@TempDir Path directory) throws Exception {
    try (Realm realm = new Realm(directory, new Configuration())) {
      Session session = realm.session(SEED);
      String text = TinyLanguage.words(new Random(SEED), 4) + ".";
      String spaced = "\n" + text.replaceFirst(" ", "  ").replaceFirst("n ", "n\u3000\t");
      session.edit(document("a", 1, text));
      session.settleEdits();
      Evidence before = only(ask(session, session.queries.retrieve(10)));
      assertThat(before.passage().text()).isEqualTo(text);

      session.edit(document("a", 2, spaced));
      session.settleEdits();
      Evidence after = only(ask(session, session.queries.retrieve(10)));
      assertThat(after.passage().text()).as("the new text").isEqualTo(spaced.strip());
      assertThat(after.passage().start()).isEqualTo(1);
      assertThat(after.passage().end()).isEqualTo(spaced.length());
      assertThat(after.uid()).isNotEqualTo(before.uid());

      session.edit(document("b", 1, text.replace(" ", "\u00a0")));
      session.edit(document("c", 1, text));
      session.settleEdits();
      Evidence joined = only(ask(session, session.queries.retrieve(10)));
      assertThat(joined.uid()).isLessThanOrEqualTo(after.uid());

      session.edit(document("d", 1, text.replaceFirst(" ", "\u200b")));
      session.settleEdits();
      assertThat(ask(session, session.queries.retrieve(10)).passages())
          .as("no tokenizer takes a zero-width space for white space")
          .hasSize(2);
    }
  }

  private static DocumentEdit document(String name, long revision, String text) {
    String id = "s%d-%s".formatted(SEED, name);
    return new DocumentEdit(id, revision, EditKind.UPSERT, "", text, true, null, Provenance.NONE);
  }

  private static Evidence only(AnswerResult answer) {
    assertThat(answer.passages()).hasSize(1);
    return answer.passages().get(0);
  }

  @Test
  void atTheBoundAnAnswerIsNotCalledExact(@TempDir Path directory) throws Exception {
    Configuration bound = deletedStay();
    bound.set(RealmOptions.SEARCH_HITS_MAX, 0);
    try (Realm realm = new Realm(directory, bound)) {
      Session session = realm.session(SEED);
      realm.add(session, texts(SHORT_TEXTS), 0);
      session.edit(session.edits.longText(GROUPS));
      session.settleEdits();
      session.edit(session.edits.deleteLongText());
      session.settleEdits();

      int inexact = 0;
      for (int i = 0; i < QUESTIONS; i++) {
        AnswerResult answer = realm.answer(session.queries.retrieve(SHORT_TEXTS));
        assertThat(answer.coverage().partial()).isFalse();
        assertThat(answer.coverage().exact()).isEqualTo(answer.passages().size() == SHORT_TEXTS);
        inexact += answer.coverage().exact() ? 0 : 1;
      }
      assertThat(inexact).as("answers of fewer passages than there are").isPositive();
      assertThat(realm.searchedAgain()).isEmpty();
    }
  }

  /** Vectors of what is deleted stay in the cells for as long as a test asks. */
  private static Configuration deletedStay() {
    Configuration settings = new Configuration();
    settings.set(RealmOptions.DELETE_DELAY, Duration.ofMinutes(30));
    return settings;
  }

  /** While its vectors stay. Returns how many questions were searched again. */
  private static int deleteLongDocumentAndAsk(Realm realm, Session session) throws Exception {
    session.edit(session.edits.longText(GROUPS));
    session.settleEdits();
    session.edit(session.edits.deleteLongText());
    session.settleEdits();
    Map<String, Long> micros = new TreeMap<>();
    for (int i = 0; i < QUESTIONS; i++) {
      Query query = session.queries.retrieve(SHORT_TEXTS);
      long start = System.nanoTime();
      AnswerResult answer = ask(session, query);
      micros.put(query.id(), (System.nanoTime() - start) / 1_000);
      assertThat(answer.coverage().exact()).isTrue();
      assertThat(answer.passages()).hasSize(SHORT_TEXTS);
    }
    Set<String> again = realm.searchedAgain();
    again.retainAll(micros.keySet());
    tell(micros, again);
    return again.size();
  }

  private static void tell(Map<String, Long> micros, Set<String> again) {
    Set<String> once = new TreeSet<>(micros.keySet());
    once.removeAll(again);
    System.out.printf(
        "%d questions searched once took %.1f ms on average, %d searched again %.1f ms%n",
        once.size(), meanMs(micros, once), again.size(), meanMs(micros, again));
  }

  private static double meanMs(Map<String, Long> micros, Set<String> ids) {
    return ids.stream().mapToLong(micros::get).average().orElse(0) / 1_000;
  }

  /** The answer, which is right. */
  private static AnswerResult ask(Session session, Query query) throws Exception {
    return Codecs.ANSWER.decode(session.answer(query)).result();
  }

  private static List<String> texts(int count) {
    Random random = new Random(SEED);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(TinyLanguage.words(random, 8) + ".");
    }
    return texts;
  }

  /** A run with one version, and who talks to it. */
  private static final class Realm implements AutoCloseable {
    private final EmbeddedRun run;
    private final PlainAnswers plain;
    private final Conversation conversation;
    private final World world;

    Realm(Path folder, Configuration more) throws Exception {
      RunSettings settings =
          new RunSettings(folder.resolve("realm"), 0, 0, null, 2, "minilm", false);
      // a run takes files from its own folder only
      Path files = Files.createDirectories(settings.directory().resolve("tiny"));
      run =
          EmbeddedRun.start(
              settings,
              given -> {
                Configuration all = new Configuration(given);
                all.addAll(more);
                return EmbeddedJob.all(all);
              },
              line -> {});
      plain = new PlainAnswers(folder.resolve("plain"));
      conversation =
          new Conversation(
              new Connection(
                  Map.of("bootstrap.servers", run.bootstrapServers(), "linger.ms", 0),
                  new Topics("realm")));
      world = new World(conversation, new TinyCheckpoints(files), plain, () -> Instant.EPOCH);
    }

    Session session(long seed) throws Exception {
      Session session = new Session(seed, world, new Random(seed), 0);
      session.publish(0, (int) seed);
      session.versions.settle();
      return session;
    }

    /** Each text as a document, of whose copies it is the so many-th. */
    void add(Session session, List<String> texts, int copy) {
      for (int i = 0; i < texts.size(); i++) {
        String id = "s%d-%d-%d".formatted(SEED, i, copy);
        session.edit(
            new DocumentEdit(
                id, 1L, EditKind.UPSERT, "", texts.get(i), false, null, Provenance.NONE));
      }
    }

    /** The answer, unjudged. */
    AnswerResult answer(Query query) throws Exception {
      conversation.takeAnswers(other -> {});
      conversation.send(conversation.topics().queries(), query.id(), Codecs.QUERY.encode(query));
      List<byte[]> answers = new ArrayList<>();
      conversation.await(
          () -> "an answer",
          () -> {
            conversation.takeAnswers(answers::add);
            return !answers.isEmpty();
          });
      return Codecs.ANSWER.decode(answers.get(0)).result();
    }

    /** Ids of the questions that were searched more than once. */
    Set<String> searchedAgain() throws Exception {
      Set<String> ids = new TreeSet<>();
      for (byte[] value : conversation.replay(conversation.topics().searchAgain())) {
        ids.add(SearchAgain.decode(value).query().id());
      }
      return ids;
    }

    @Override
    public void close() {
      conversation.close();
      plain.close();
      run.close();
    }
  }
}
