package io.realmstream.deploy.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.EmbeddedRun;
import io.realmstream.deploy.embedded.RunSettings;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.interleaving.Interleaving.Disturbance;
import io.realmstream.deploy.interleaving.Session.World;
import io.realmstream.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seeded random histories on the whole system, broker and jobs in this process, against plain
 * loops, while records of the vectors topic are lost. More of them: {@code
 * -Drealm.interleavings=500}; others: {@code -Drealm.interleavings.first=1000}; losses in each, and
 * not in every tenth alone: {@code -Drealm.interleavings.lossy=1}.
 */
class InterleavingsIT {
  /** The version log grows with each: begin again before folding it takes long. */
  private static final int SEEDS_OF_A_RUN = 50;

  private final int lossyEvery = Integer.getInteger("realm.interleavings.lossy", 10);
  private int truncations;
  private int gaps;
  private int lossy;
  private int cutDocuments;
  private int longDeletions;
  private int textsInThree;
  private int textsInFive;

  @Test
  void everyAnswerIsThatOfPlainLoopsWhateverTheOrder(@TempDir Path directory) throws Exception {
    int count = Integer.getInteger("realm.interleavings", 50);
    int first = Integer.getInteger("realm.interleavings.first", 1);
    int answers = 0;
    for (int seed = first; seed < first + count; seed += SEEDS_OF_A_RUN) {
      Path folder = Files.createDirectory(directory.resolve("from-" + seed));
      answers += run(folder, seed, Math.min(first + count, seed + SEEDS_OF_A_RUN));
    }
    System.out.printf(
        "%d answers of %d interleavings with %d truncations are right; of these %d lost what was"
            + " not read, %d in the middle of a document%n",
        answers, count, truncations, gaps, cutDocuments);
    System.out.printf(
        "they held %d deletions of long documents, %d texts in three documents, %d in five%n",
        longDeletions, textsInThree, textsInFive);
    assertThat(answers).isGreaterThan(5 * count);
    assertThat(truncations).isGreaterThanOrEqualTo(lossy);
    assertThat(gaps).isGreaterThanOrEqualTo(lossy / 4);
    assertThat(cutDocuments).isGreaterThanOrEqualTo(lossy / 10);
    // on average about one in each: of few histories none need have any
    int atLeast = (count - 10) / 2;
    assertThat(longDeletions).isGreaterThanOrEqualTo(atLeast);
    assertThat(textsInThree).isGreaterThanOrEqualTo(atLeast);
    assertThat(textsInFive).isGreaterThanOrEqualTo(atLeast);
  }

  private int run(Path folder, int from, int to) throws Exception {
    int answers = 0;
    RunSettings settings = new RunSettings(folder.resolve("realm"), 0, 0, null, 2, "minilm", false);
    // a run takes files from its own folder only
    Path files = Files.createDirectories(settings.directory().resolve("tiny"));
    try (EmbeddedRun run = EmbeddedRun.start(settings, EmbeddedJob::all, line -> {});
        PlainAnswers plain = new PlainAnswers(folder.resolve("plain"));
        Conversation realm = new Conversation(connection(run));
        LostVectors vectors = new LostVectors(connection(run), new Random(from))) {
      World world = new World(realm, new TinyCheckpoints(files), plain, () -> Instant.EPOCH);
      for (int seed = from; seed < to; seed++) {
        boolean isLossy = seed % lossyEvery == 0;
        lossy += isLossy ? 1 : 0;
        Disturbance disturbance = isLossy ? new Losses(vectors) : Disturbance.NONE;
        Interleaving history = new Interleaving(seed, world);
        answers += history.run(disturbance);
        longDeletions += history.longDeletions();
        textsInThree += history.textsIn(3);
        textsInFive += history.textsIn(5);
      }
      assertThat(realm.deadLetters()).isZero();
      truncations += vectors.truncations();
      gaps += vectors.gaps();
      cutDocuments += vectors.cutDocuments();
    }
    return answers;
  }

  private static Connection connection(EmbeddedRun run) {
    return new Connection(Map.of("bootstrap.servers", run.bootstrapServers()), new Topics("realm"));
  }

  /** Keeps the retriever from the vectors topic for a while; what was written meanwhile is lost. */
  private static final class Losses implements Disturbance {
    private final LostVectors vectors;
    private CompletableFuture<@Nullable Void> last = CompletableFuture.completedFuture(null);

    Losses(LostVectors vectors) {
      this.vectors = vectors;
    }

    @Override
    public String beginIn(int ms, boolean isLong) {
      await();
      vectors.hold();
      last =
          CompletableFuture.runAsync(() -> vectors.truncateHeld(isLong), in(2 * ms))
              .thenRunAsync(vectors::release, in(ms));
      return "vectors are lost in " + 2 * ms + " ms";
    }

    @Override
    public void await() {
      last.join();
    }

    private static Executor in(int ms) {
      return CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS, Losses::start);
    }

    /** Shared threads may have been begun by a Flink task whose class loader is closed by now. */
    private static void start(Runnable work) {
      Thread thread = new Thread(work, "losses");
      thread.setContextClassLoader(Losses.class.getClassLoader());
      thread.start();
    }
  }
}
