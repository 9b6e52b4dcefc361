package io.realmstream.deploy.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.EmbeddedRun;
import io.realmstream.deploy.embedded.RunSettings;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.interleaving.KilledRebuild.Landing;
import io.realmstream.deploy.interleaving.KilledRebuild.Phase;
import io.realmstream.deploy.interleaving.Session.World;
import io.realmstream.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed while it rebuilds ends with the index that an undisturbed one builds
 * from scratch. More seeds: {@code -Drealm.rebuilds.killed=20}; others: {@code
 * -Drealm.rebuilds.killed.first=1000}.
 */
class KilledRebuildsIT {
  /** A passage takes most of a millisecond, so that kills land among them. */
  private static final int LAYERS = 6;

  @Test
  void theIndexIsThatOfABuildFromScratchWhereverTheKillLands(@TempDir Path directory)
      throws Exception {
    int count = Integer.getInteger("realm.rebuilds.killed", 1);
    int first = Integer.getInteger("realm.rebuilds.killed.first", 1);
    List<Landing> landings = new ArrayList<>();
    RunSettings undisturbed =
        new RunSettings(directory.resolve("undisturbed"), 0, 0, null, 2, "minilm", false);
    Path folder = directory.resolve("killed");
    try (PlainAnswers plain = new PlainAnswers(directory.resolve("plain"));
        KillableRealm realm = new KillableRealm(folder);
        Conversation conversation = new Conversation(realm.connection());
        EmbeddedRun run = EmbeddedRun.start(undisturbed, EmbeddedJob::all, line -> {});
        Conversation reference = new Conversation(connection(run))) {
      World world = new World(conversation, files(folder), plain, realm::began);
      World other =
          new World(reference, files(undisturbed.directory()), plain, () -> Instant.EPOCH);
      realm.awaitCheckpoints(conversation);
      for (int seed = first; seed < first + count; seed++) {
        List<Landing> kills = new KilledRebuild(seed, world, realm).run(other);
        System.out.printf("seed %d: killed at %s, and as if it had not been%n", seed, kills);
        landings.addAll(kills);
      }
      assertThat(conversation.deadLetters()).isZero();
    }
    assertThat(landings).hasSizeGreaterThanOrEqualTo(count);
    long inside = landings.stream().filter(kill -> kill.phase() == Phase.BUILDING).count();
    assertThat(2 * inside).isGreaterThan(landings.size());
  }

  /** A run takes files from its own folder only. */
  private static TinyCheckpoints files(Path folder) throws Exception {
    return new TinyCheckpoints(Files.createDirectories(folder.resolve("tiny")), LAYERS);
  }

  private static Connection connection(EmbeddedRun run) {
    return new Connection(
        Map.of("bootstrap.servers", run.bootstrapServers(), "linger.ms", 0), new Topics("realm"));
  }
}
