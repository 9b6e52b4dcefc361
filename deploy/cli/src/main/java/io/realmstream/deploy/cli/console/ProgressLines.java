package io.realmstream.deploy.cli.console;

import io.realmstream.deploy.client.Pace;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A line every 5 seconds, or every 10 percent when that is sooner but a second apart. */
final class ProgressLines implements Progress {
  private static final Duration APART_MAX = Duration.ofSeconds(5);
  private static final Duration APART_MIN = Duration.ofSeconds(1);
  private static final int PERCENT_STEP = 10;

  private final PrintWriter err;
  private final String prefix;
  private final String things;
  private final Clock clock;
  private final Instant start;
  private Instant lastTime;
  private int lastPercent;

  ProgressLines(PrintWriter err, String prefix, String things, Clock clock) {
    this.err = err;
    this.prefix = prefix;
    this.things = things;
    this.clock = clock;
    this.start = clock.instant();
    this.lastTime = start;
  }

  @Override
  public void update(long done, long total) {
    Instant now = clock.instant();
    Pace pace = new Pace(done, total, Duration.between(start, now));
    Duration since = Duration.between(lastTime, now);
    int percent = pace.percent().orElse(0);
    boolean stepped = percent >= lastPercent + PERCENT_STEP && since.compareTo(APART_MIN) >= 0;
    if (stepped || since.compareTo(APART_MAX) >= 0) {
      message(prefix + pace.describe(things));
      lastTime = now;
      lastPercent = percent;
    }
  }

  @Override
  public void message(String line) {
    err.println(line);
    err.flush();
  }

  @Override
  public void close() {}
}
