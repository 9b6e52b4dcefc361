package io.realmstream.deploy.upgrade;

import static io.realmstream.deploy.upgrade.TinyRealm.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.deploy.embedded.OperatedTopics;
import io.realmstream.deploy.embedded.PageEvent;
import io.realmstream.deploy.interleaving.TinyCheckpoints.Recipe;
import io.realmstream.deploy.interleaving.TinyLanguage;
import io.realmstream.deploy.upgrade.KeptRun.Asked;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The promise of stored state: each build goes on from what a run of 0.1.0 left. That is a file
 * beside this class. Another release writes one of its own with {@code -Dit.test=UpgradeIT#keep
 * -Drealm.upgrade.keep=FILE}; the older ones stay.
 */
@Timeout(900)
class UpgradeIT {
  private static final Topics TOPICS = new Topics("realm");
  private static final int DOCUMENTS = 12;
  private static final Recipe FIRST = new Recipe(1, 1, 1, 1);
  private static final Recipe SECOND = new Recipe(1, 2, 1, 1);

  /** The machine that wrote the file may round otherwise in a model's last bits. */
  private static final double ROUNDING = 1e-5;

  private static final PageEvent PAGE =
      new PageEvent(974, "Ban", 10, Instant.parse("2026-01-01T00:00:00Z"));

  /** Lists all that answers see. */
  private static final Query EVERYTHING =
      query("everything", new QueryScope(100, null, true, null, null), QueryKind.RETRIEVE);

  @ParameterizedTest
  @ValueSource(strings = "0.1.0")
  void whatARunOfAReleaseLeftIsGoneOnWith(String release, @TempDir Path directory)
      throws Exception {
    List<Asked> before;
    try (InputStream kept = UpgradeIT.class.getResourceAsStream(release + ".zip")) {
      before = KeptRun.unpack(Objects.requireNonNull(kept), directory);
    }
    try (TinyRealm realm = new TinyRealm(directory, true)) {
      assertThat(realm.progress())
          .containsExactlyInAnyOrder(
              "KnowledgeUpdater resumes from chk-1",
              "KnowledgeRetriever resumes from chk-1",
              "WikipediaFollower resumes from chk-1",
              "RetrieverLearner resumes from chk-1");
      for (Asked asked : before) {
        assertSame(realm.ask(asked.query()), asked.result());
      }
      Map<String, Long> revisions = revisions(realm.ask(EVERYTHING));
      assertThat(revisions.remove(PAGE.key())).isNotNull();
      assertThat(revisions).hasSize(DOCUMENTS - 1).containsEntry("d3", 2L).doesNotContainKey("d4");
      editsGoOn(realm, revisions);
      wikipediaGoesOn(realm);
    }
  }

  /** What the updater remembers of documents: revisions in force, and deleted ones. */
  private static void editsGoOn(TinyRealm realm, Map<String, Long> revisions) {
    Random random = new Random(2);
    realm.send(edit("d3", 1, random)); // older than what is in force
    realm.send(edit("d4", 1, random)); // older than its deletion
    realm.send(edit("d5", 2, random));
    realm.send(DocumentEdit.deletion("d6", 2L));
    realm.send(edit("new", 1, random));
    revisions.put("d5", 2L);
    revisions.remove("d6");
    revisions.put("new", 1L);
    awaitRevisions(realm, revisions);
  }

  /** What the follower remembers of pages: an event that comes late changes nothing. */
  private static void wikipediaGoesOn(TinyRealm realm) {
    Instant later = PAGE.time().plusSeconds(60);
    realm.send(new PageEvent(974, "Ban", 9, PAGE.time()).editWith("Late sen."));
    realm.send(new PageEvent(974, "Ban", 11, later).editWith("'''Ban''' den kan."));
    List<String> texts = new ArrayList<>();
    waiting("the page's edit")
        .until(
            () -> {
              texts.clear();
              TopicReplay.forEach(
                  realm.connection(),
                  TOPICS.documents(),
                  Codecs.DOCUMENT_EDIT,
                  edit -> {
                    if (edit.id().equals(PAGE.key())) {
                      texts.add(edit.text());
                    }
                  });
              return texts.contains("Ban den kan.");
            });
    assertThat(texts).containsExactly("Ban den kan.");
  }

  @Test
  @EnabledIfSystemProperty(named = "realm.upgrade.keep", matches = ".+")
  void keep(@TempDir Path directory) throws Exception {
    List<Asked> answers = new ArrayList<>();
    try (TinyRealm realm = new TinyRealm(directory, false)) {
      fill(realm);
      for (Query query : queries()) {
        answers.add(new Asked(query, realm.ask(query)));
      }
      realm.stop();
    }
    OperatedTopics.onBrokerAlone(directory, UpgradeIT::expire);
    KeptRun.write(directory, answers, Path.of(System.getProperty("realm.upgrade.keep")));
  }

  /** Edits of each kind, under two versions. */
  private static void fill(TinyRealm realm) throws Exception {
    realm.publish(FIRST);
    awaitVersion(realm, 1);
    Random random = new Random(1);
    Map<String, Long> revisions = new TreeMap<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      realm.send(edit("d" + i, 1, random));
      revisions.put("d" + i, 1L);
    }
    awaitRevisions(realm, revisions);
    realm.send(edit("d3", 2, random));
    realm.send(DocumentEdit.deletion("d4", 2L));
    revisions.put("d3", 2L);
    revisions.remove("d4");
    awaitRevisions(realm, revisions);
    realm.send(PAGE.editWith("'''Ban''' len."));
    waiting("the page").until(() -> revisions(realm.ask(EVERYTHING)).containsKey(PAGE.key()));
    realm.publish(SECOND);
    awaitVersion(realm, 2);
  }

  /** As after the retention of each topic that has one: state alone tells what was in them. */
  private static void expire(OperatedTopics topics) {
    for (String topic :
        List.of(
            TOPICS.documents(),
            TOPICS.passageVectors(),
            TOPICS.republications(),
            TOPICS.queries(),
            TOPICS.answers(),
            TOPICS.freshness(),
            TOPICS.searchAgain(),
            TOPICS.wikipediaEvents(),
            TOPICS.wikipediaOutcomes(),
            TOPICS.learningStatus(),
            TOPICS.deadLetters())) {
      topics.expire(topic);
    }
  }

  private static List<Query> queries() {
    Random random = new Random(3);
    List<Query> queries = new ArrayList<>(List.of(EVERYTHING));
    for (int i = 0; i < 5; i++) {
      String text = TinyLanguage.words(random, 3);
      queries.add(query(text, QueryScope.ofPassages(3), QueryKind.RETRIEVE));
      queries.add(query(text, QueryScope.DEFAULT, QueryKind.OPEN_QA));
    }
    return queries;
  }

  private static Query query(String text, QueryScope scope, QueryKind kind) {
    return new Query("q", text, kind, scope, null, QueryOptions.DEFAULT);
  }

  private static DocumentEdit edit(String id, long revision, Random random) {
    String text = "";
    for (int i = 0; i < 6; i++) {
      text += TinyLanguage.sentence(random) + " ";
    }
    return new DocumentEdit(
        id, revision, EditKind.UPSERT, "", text.strip(), true, null, Provenance.NONE);
  }

  private static void awaitRevisions(TinyRealm realm, Map<String, Long> revisions) {
    waiting("documents " + revisions)
        .until(
            () -> {
              Map<String, Long> seen = revisions(realm.ask(EVERYTHING));
              seen.remove(PAGE.key()); // its number is the follower's choice
              return seen.equals(revisions);
            });
  }

  /** Of each document that answers see, its revision. */
  private static Map<String, Long> revisions(AnswerResult result) {
    return result.passages().stream()
        .map(Evidence::passage)
        .collect(
            Collectors.toMap(
                passage -> passage.document(),
                passage -> passage.revision(),
                (one, other) -> {
                  assertThat(one).isEqualTo(other);
                  return one;
                },
                TreeMap::new));
  }

  private static void awaitVersion(TinyRealm realm, int number) {
    waiting("version " + number)
        .until(
            () -> {
              VersionEntry active = new VersionLog(realm.connection()).table().active();
              return active != null && active.version() == number;
            });
  }

  private static void assertSame(AnswerResult now, AnswerResult before) {
    assertThat(now)
        .usingRecursiveComparison()
        .withEqualsForType((one, other) -> Math.abs(one - other) <= ROUNDING, Double.class)
        .isEqualTo(before);
  }
}
