package io.realmstream.deploy.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.EmbeddedRun;
import io.realmstream.deploy.embedded.RunSettings;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.interleaving.Session.World;
import io.realmstream.deploy.interleaving.TinyCheckpoints.Recipe;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten trials of a learner come into force one after the other, each by a projection of every
 * passage, while questions are asked. {@link Session} judges each answer by plain loops over the
 * version that it names, so none mixes two. With the rollback window of an hour there are never
 * more indexes of trials than three.
 */
class TrialsInARowIT {
  private static final long SEED = 20;
  private static final int TRIALS = 10;
  private static final int DOCUMENTS = 60;
  private static final int WORDS = 40;
  private static final int K = 5;

  private final Random random = new Random(SEED);
  private final TreeSet<Integer> versions = new TreeSet<>();
  private int answers;

  @Test
  void noAnswerFailsOrMixesTwoOrIsIncomplete(@TempDir Path directory) throws Exception {
    RunSettings settings =
        new RunSettings(directory.resolve("realm"), 0, 0, null, 2, "minilm", false);
    Path files = Files.createDirectories(settings.directory().resolve("tiny"));
    try (EmbeddedRun run = EmbeddedRun.start(settings, EmbeddedJob::all, line -> {});
        PlainAnswers plain = new PlainAnswers(directory.resolve("plain"));
        Conversation realm =
            new Conversation(
                new Connection(
                    Map.of("bootstrap.servers", run.bootstrapServers()), new Topics("realm")))) {
      TinyCheckpoints tiny = new TinyCheckpoints(files);
      World world = new World(realm, tiny, plain, () -> Instant.EPOCH);
      Session session = new Session(SEED, world, random, DOCUMENTS);
      session.publish(tiny.of(new Recipe(1, 0, 1, 1)));
      for (int i = 0; i < DOCUMENTS; i++) {
        session.edit(document(i));
      }
      session.settle();
      int release = session.serving().version();
      for (int trial = 1; trial <= TRIALS; trial++) {
        RetrieverCheckpoint next = tiny.of(new Recipe(1, trial, 1, 1)).asTrial();
        session.publish(next);
        while (!session.serving().checkpoint().equals(next)) {
          ask(session);
          long indexes =
              realm.table().indexes().stream().filter(each -> each.checkpoint().isTrial()).count();
          assertThat(indexes).isLessThanOrEqualTo(3);
        }
        session.settle();
      }
      System.out.printf("%d answers of the versions %s are right%n", answers, versions);
      assertThat(versions).hasSizeGreaterThan(TRIALS / 2);
      realm.await(() -> "an end of trials in " + realm.table(), () -> kept(realm) == 2);
      VersionEntry first = Objects.requireNonNull(realm.table().get(release));
      assertThat(first.state()).as("the release, within its window").isEqualTo(VersionState.READY);
      assertThat(realm.deadLetters()).isZero();
    }
  }

  /** Trials that are written: the one in force, and the one before. */
  private static long kept(Conversation realm) {
    return realm.table().written().stream().filter(each -> each.checkpoint().isTrial()).count();
  }

  private void ask(Session session) throws Exception {
    byte[] bytes = session.answer(session.queries.retrieve(K));
    AnswerResult answer = Codecs.ANSWER.decode(bytes).result();
    assertThat(answer.status()).isEqualTo(AnswerStatus.ANSWERED);
    assertThat(answer.coverage().complete()).isTrue();
    assertThat(answer.coverage().partial()).isFalse();
    assertThat(answer.passages()).hasSize(K);
    versions.add(Objects.requireNonNull(answer.version()).number());
    answers++;
  }

  private DocumentEdit document(int number) {
    return new DocumentEdit(
        "s" + SEED + "-d" + number,
        1L,
        EditKind.UPSERT,
        "",
        TinyLanguage.words(random, WORDS),
        true,
        null,
        Provenance.NONE);
  }
}
