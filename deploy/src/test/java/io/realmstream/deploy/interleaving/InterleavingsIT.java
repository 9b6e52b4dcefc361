package io.realmstream.deploy.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.client.Connection;
import io.realmstream.deploy.embedded.EmbeddedRun;
import io.realmstream.deploy.embedded.RealmJobs;
import io.realmstream.deploy.embedded.RunSettings;
import io.realmstream.deploy.interleaving.Interleaving.Disturbance;
import io.realmstream.deploy.interleaving.Session.World;
import io.realmstream.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seeded random histories on the whole system, broker and jobs in this process, against plain
 * loops. More of them: {@code -Drealm.interleavings=500}; others: {@code
 * -Drealm.interleavings.first=1000}.
 */
class InterleavingsIT {
  /** The version log grows with each: begin again before folding it takes long. */
  private static final int SEEDS_OF_A_RUN = 50;

  @Test
  void everyAnswerIsThatOfPlainLoopsWhateverTheOrder(@TempDir Path directory) throws Exception {
    int count = Integer.getInteger("realm.interleavings", 50);
    int first = Integer.getInteger("realm.interleavings.first", 1);
    int answers = 0;
    for (int seed = first; seed < first + count; seed += SEEDS_OF_A_RUN) {
      Path folder = Files.createDirectory(directory.resolve("from-" + seed));
      answers += run(folder, seed, Math.min(first + count, seed + SEEDS_OF_A_RUN));
    }
    System.out.println(answers + " answers of " + count + " interleavings are right");
    assertThat(answers).isGreaterThan(5 * count);
  }

  private static int run(Path folder, int from, int to) throws Exception {
    int answers = 0;
    RunSettings settings = new RunSettings(folder.resolve("realm"), 0, 0, null, 2, "minilm", false);
    // a run takes files from its own folder only
    Path files = Files.createDirectories(settings.directory().resolve("tiny"));
    try (EmbeddedRun run = EmbeddedRun.start(settings, RealmJobs::of, line -> {});
        PlainAnswers plain = new PlainAnswers(folder.resolve("plain"));
        Conversation realm =
            new Conversation(
                new Connection(
                    Map.of("bootstrap.servers", run.bootstrapServers()), Topics.under("realm")))) {
      World world = new World(realm, new TinyCheckpoints(files), plain, () -> Instant.EPOCH);
      for (int seed = from; seed < to; seed++) {
        answers += new Interleaving(seed, world).run(Disturbance.NONE);
      }
      assertThat(realm.deadLetters()).isZero();
    }
    return answers;
  }
}
