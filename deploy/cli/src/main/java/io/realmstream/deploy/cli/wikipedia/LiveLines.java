package io.realmstream.deploy.cli.wikipedia;

import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.wikipedia.feed.Feed;
import io.realmstream.deploy.wikipedia.feed.Gap;
import io.realmstream.deploy.wikipedia.live.FeedScope.Verdict;
import io.realmstream.deploy.wikipedia.live.Live;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;

/** What people read about a feed: a line a minute, each gap, and silence. */
final class LiveLines {
  private static final Duration APART = Duration.ofMinutes(1);

  private final PrintWriter err;
  private final Feed feed;
  private final Live live;
  private long lineNanos = System.nanoTime();
  private boolean silent;
  private long gaps;

  LiveLines(PrintWriter err, Feed feed, Live live) {
    this.err = err;
    this.feed = feed;
    this.live = live;
  }

  /** Prints what is due; always true. */
  boolean tick() {
    if (System.nanoTime() - lineNanos > APART.toNanos()) {
      lineNanos = System.nanoTime();
      err.println(summary());
      heard(feed.silence());
    }
    return true;
  }

  /** Says once that nothing has come for too long. */
  void heard(Duration silence) {
    boolean nowSilent = silence.compareTo(Live.SILENCE_MAX) > 0;
    if (nowSilent && !silent) {
      err.println(
          "the feed is silent for "
              + silence.toMinutes()
              + " min: it makes an event itself every hour, so it is broken, not quiet");
    }
    silent = nowSilent;
  }

  void gap(Gap gap) {
    gaps++;
    err.println(
        "GAP "
            + gap.from()
            + " to "
            + gap.to()
            + ": the feed does not tell what happened then; an audit finds it");
  }

  /** For instance {@code passed 12, canary 1, gaps 0, read through 2026-04-01T00:00:00Z}. */
  private String summary() {
    StringJoiner line = new StringJoiner(", ");
    for (Verdict verdict : Verdict.values()) {
      long count = live.counts().getOrDefault(verdict, 0L);
      if (count > 0 || verdict == Verdict.PASSED) {
        line.add(
            verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + " "
                + Page.format("%,d", count));
      }
    }
    line.add("gaps " + gaps);
    if (feed.position().time() != null) {
      line.add("read through " + feed.position().time());
    }
    return line.toString();
  }
}
