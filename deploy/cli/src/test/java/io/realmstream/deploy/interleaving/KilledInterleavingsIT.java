package io.realmstream.deploy.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.embedded.OperatedTopics;
import io.realmstream.deploy.interleaving.Interleaving.Disturbance;
import io.realmstream.deploy.interleaving.Session.World;
import io.realmstream.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same histories while broker and both jobs, in a process of their own, are killed and come
 * back. At every other kill the retention of the vectors topic passes before they do. More of them:
 * {@code -Drealm.interleavings.killed=10}; others: {@code -Drealm.interleavings.killed.first=1000}.
 */
class KilledInterleavingsIT {
  private static final String VECTORS = new Topics("realm").passageVectors();

  @Test
  @EnabledIfSystemProperty(named = "realm.interleavings.killed", matches = "\\d+")
  void everyAnswerIsThatOfPlainLoopsWhateverIsKilled(@TempDir Path directory) throws Exception {
    int count = Integer.getInteger("realm.interleavings.killed", 1);
    int first = Integer.getInteger("realm.interleavings.killed.first", 1);
    Path folder = directory.resolve("realm");
    // a run takes files from its own folder only
    Path files = Files.createDirectories(folder.resolve("tiny"));
    int answers = 0;
    try (KillableRealm realm = new KillableRealm(folder);
        PlainAnswers plain = new PlainAnswers(directory.resolve("plain"));
        Conversation conversation = new Conversation(realm.connection())) {
      World world = new World(conversation, new TinyCheckpoints(files), plain, realm::began);
      Kills kills = new Kills(realm, folder);
      for (int seed = first; seed < first + count; seed++) {
        // a kill must not bring back documents of another seed, which this one cannot judge
        realm.awaitCheckpoints(conversation);
        int before = answers;
        answers += new Interleaving(seed, world).run(kills);
        System.out.printf("seed %d: %d answers%n", seed, answers - before);
      }
      System.out.printf(
          "%d answers of %d interleavings with %d kills are right%n", answers, count, kills.count);
      assertThat(kills.count).isGreaterThanOrEqualTo(count);
      assertThat(conversation.deadLetters()).isZero();
    }
    assertThat(answers).isGreaterThan(5 * count);
  }

  /** Kills a realm and starts it again, while its clients go on. */
  private static final class Kills implements Disturbance {
    private final KillableRealm realm;
    private final Path folder;
    private CompletableFuture<@Nullable Void> last = CompletableFuture.completedFuture(null);
    private int count;

    Kills(KillableRealm realm, Path folder) {
      this.realm = realm;
      this.folder = folder;
    }

    @Override
    public String beginIn(int ms, boolean isLong) {
      await();
      count++;
      last =
          CompletableFuture.runAsync(
              this::killAndRestart, CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS));
      return "killed in " + ms + " ms";
    }

    @Override
    public void await() {
      last.join();
    }

    private void killAndRestart() {
      try {
        realm.kill();
        if (count % 2 == 0) {
          OperatedTopics.onBrokerAlone(folder, topics -> topics.expire(VECTORS));
        }
        realm.startAgain();
        realm.awaitReady();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
