package io.realmstream.deploy.wikipedia.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.wikipedia.Bookmark;
import io.realmstream.deploy.wikipedia.audit.SweepProgress.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepProgressTest {
  private static final Instant BEGAN = Instant.parse("2026-04-01T00:00:00Z");
  private static final List<Integer> ARTICLES = List.of(0);

  private final Path folder;

  SweepProgressTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void atFirstNothingIsVerifiedAndNothingUnderWay() throws IOException {
    SweepProgress progress = open();
    assertThat(progress.verifiedSince()).isNull();
    assertThat(progress.sweep(ARTICLES)).isNull();
    assertThat(met(progress)).isEmpty();
  }

  @Test
  void placeAndPagesThatWereMetBeforeItAreReadAgain() throws IOException {
    SweepProgress progress = open();
    for (long page = 1; page <= 20_000; page++) {
      progress.met(page);
    }
    progress.keep(new Sweep(BEGAN, ARTICLES, 0, "Goat"));
    progress.met(1L << 40);
    progress.keep(new Sweep(BEGAN, ARTICLES, 1, null));
    progress.met(7); // never kept

    SweepProgress again = open();
    assertThat(again.sweep(ARTICLES)).isEqualTo(new Sweep(BEGAN, ARTICLES, 1, null));
    assertThat(met(again)).hasSize(20_001).startsWith(1L, 2L).endsWith(20_000L, 1L << 40);
    assertThat(again.verifiedSince()).isNull();
  }

  /** A kill between the two files: more pages are written than count. */
  @Test
  void pagesBehindThoseThatCountAreWrittenOver() throws IOException {
    SweepProgress progress = open();
    progress.met(1);
    progress.keep(new Sweep(BEGAN, ARTICLES, 0, "Ada"));
    Files.write(met(), new byte[80], StandardOpenOption.APPEND);
    SweepProgress again = open();
    again.met(2);
    again.keep(new Sweep(BEGAN, ARTICLES, 0, "Goat"));
    assertThat(met(open())).containsExactly(1L, 2L);
  }

  @Test
  void anotherSweepForgetsWhatTheOneBeforeHadMet() throws IOException {
    SweepProgress progress = open();
    progress.met(1);
    progress.keep(new Sweep(BEGAN, ARTICLES, 0, "Ada"));
    assertThat(open().sweep(List.of(0, 4))).isNull();
    SweepProgress other = open();
    other.met(2);
    other.keep(new Sweep(BEGAN, List.of(0, 4), 0, "Ada"));
    assertThat(met(open())).containsExactly(2L);
  }

  @Test
  void endOfASweepVerifiesSinceItsBeginAndStaysSoDuringTheNext() throws IOException {
    SweepProgress progress = open();
    progress.met(1);
    progress.keep(new Sweep(BEGAN, ARTICLES, 0, "Ada"));
    progress.ended(new Sweep(BEGAN, ARTICLES, 1, null));
    assertThat(open().verifiedSince()).isEqualTo(BEGAN);
    assertThat(open().sweep(ARTICLES)).isNull();
    SweepProgress next = open();
    next.keep(new Sweep(BEGAN.plusSeconds(60), ARTICLES, 0, "Ada"));
    assertThat(open().verifiedSince()).isEqualTo(BEGAN);
    assertThat(met(open())).isEmpty();
  }

  @Test
  void aFileThatLacksPagesIsSaidToAndNothingIsGuessed() throws IOException {
    SweepProgress progress = open();
    progress.met(1);
    progress.keep(new Sweep(BEGAN, ARTICLES, 0, "Ada"));
    Files.write(met(), new byte[3]);
    assertThatThrownBy(() -> met(open()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is too short");
  }

  private static List<Long> met(SweepProgress progress) throws IOException {
    List<Long> met = new ArrayList<>();
    progress.forEachMet(met::add);
    return met;
  }

  private SweepProgress open() throws IOException {
    Bookmark bookmark =
        new Bookmark(folder.resolve("audit.json"), new Bookmark.Target("cluster", "topic"));
    return SweepProgress.open(bookmark, met());
  }

  private Path met() {
    return folder.resolve("audit.met");
  }
}
