package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.embedded.FollowedRun.Index;
import io.realmstream.deploy.embedded.PageHistory.Revision;
import io.realmstream.deploy.json.Json;
import io.realmstream.jobs.wikipedia.text.TextExtractor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a feed does to the histories of pages, the index is that of their edits in order, bit
 * for bit: vectors, places, titles and revisions. A long history of one page, and what its edits
 * embed: {@code -Drealm.history=FILE}.
 */
@Timeout(3_600)
class FollowedHistoryIT {
  private static final long SEED = 19;

  @TempDir private Path directory = Path.of("unset");

  @Test
  void disturbedHistoriesEndInTheIndexOfOrderedOnes() throws Exception {
    List<PageHistory> histories = PageHistory.written(6, 16);
    DisturbedFeed feed = DisturbedFeed.of(histories, SEED);
    Built ordered = ordered(histories, feed.intact());
    assertThat(ordered.index().published().keySet()).isEqualTo(shown(feed.intact()));
    assertThat(disturbed(histories, feed, ordered.index()).embedded())
        .isBetween(1L, ordered.embedded());
  }

  @Test
  @EnabledIfSystemProperty(named = "realm.history", matches = ".+")
  void disturbedLongHistoryEndsInTheIndexOfTheOrderedOneAndOfRealmLoad() throws Exception {
    PageHistory history = PageHistory.read(Path.of(System.getProperty("realm.history")));
    DisturbedFeed feed = DisturbedFeed.of(List.of(history), SEED);
    Built ordered = ordered(List.of(history), feed.intact());
    Built disturbed = disturbed(List.of(history), feed, ordered.index());
    Built loaded = loaded(feed.intact());
    double edits = feed.intact().size();
    System.out.printf(
        "%d edits, %d events; passages embedded an edit: %.3f followed in order, %.3f disturbed,"
            + " %.3f through realm load%n",
        feed.intact().size(),
        feed.arrivals().size(),
        ordered.embedded() / edits,
        disturbed.embedded() / edits,
        loaded.embedded() / edits);
    assertThat(loaded.index().published()).isEqualTo(ordered.index().published());
    assertThat(ordered.embedded()).isEqualTo(loaded.embedded());
  }

  /** Pages whose last text is not hidden. */
  private static Set<String> shown(List<Revision> intact) {
    Set<String> shown = new TreeSet<>();
    for (Revision revision : intact) {
      String page = revision.event().key();
      var unused = revision.text() == null ? shown.remove(page) : shown.add(page);
    }
    return shown;
  }

  /** What a run ended in, and what it took. */
  private record Built(Index index, long embedded) {}

  private Built ordered(List<PageHistory> histories, List<Revision> intact) throws Exception {
    try (FollowedRun run = FollowedRun.start(directory.resolve("ordered"), histories)) {
      run.follow(intact);
      return new Built(run.index(), run.embedded());
    }
  }

  private Built disturbed(List<PageHistory> histories, DisturbedFeed feed, Index expected)
      throws Exception {
    try (FollowedRun run = FollowedRun.start(directory.resolve("disturbed"), histories)) {
      run.follow(feed);
      await("the index of the ordered run")
          .atMost(Duration.ofMinutes(3))
          .untilAsserted(() -> assertThat(run.index()).isEqualTo(expected));
      // and nothing that is still under way changes it
      run.awaitRead();
      assertThat(run.index()).isEqualTo(expected);
      return new Built(expected, run.embedded());
    }
  }

  private Built loaded(List<Revision> intact) throws Exception {
    Path folder = directory.resolve("loaded");
    try (FollowedRun run = FollowedRun.start(folder, List.of())) {
      for (Revision revision : intact) {
        String text = revision.text();
        CommandRun command = text == null ? forget(folder, revision) : load(folder, revision, text);
        assertThat(command.exitCode()).as(command.err()).isZero();
      }
      return new Built(run.index(), run.embedded());
    }
  }

  private static CommandRun load(Path folder, Revision revision, String text) throws Exception {
    PageEvent event = revision.event();
    Path file = folder.resolve("revision.jsonl");
    Map<String, Object> document =
        Map.of(
            "id", event.key(),
            "title", event.title(),
            "text", TextExtractor.CURRENT.extract(text).text(),
            "revision", event.time().toEpochMilli());
    Files.writeString(file, Json.line(document));
    return CommandRun.of("load", file.toString(), "--wait", "--timeout=300", "--dir=" + folder);
  }

  private static CommandRun forget(Path folder, Revision revision) {
    String id = revision.event().key();
    // without a revision it is that of this machine's clock, and all loads behind it are stale
    String number = "--revision=" + revision.event().time().toEpochMilli();
    return CommandRun.of("delete", id, "--purge", number, "--timeout=300", "--dir=" + folder);
  }
}
