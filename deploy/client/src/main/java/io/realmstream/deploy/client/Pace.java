package io.realmstream.deploy.client;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How a long task goes.
 *
 * @param done things done
 * @param total things in all, as far as known; 0 = unknown
 * @param elapsed since the start
 */
public record Pace(long done, long total, Duration elapsed) {
  /** Things a second; 0 before the first. */
  public double perSecond() {
    return elapsed.isZero() ? 0 : done * 1e9 / elapsed.toNanos();
  }

  /** 0 to 100, rounded down so that 100 means done; empty when the total is unknown. */
  public OptionalInt percent() {
    return total <= 0
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.min(100, 100 * done / total));
  }

  /** Time left at this pace; zero when done or when nobody can tell. */
  public Duration left() {
    return done == 0 || total <= done
        ? Duration.ZERO
        : Duration.ofSeconds(Math.round((total - done) / perSecond()));
  }

  /** For instance {@code 2,575 of about 10,300 documents (25 %), 51.5/s, 2 min 30 s left}. */
  public String describe(String things) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%,d", done));
    percent().ifPresent(p -> line.append(String.format(Locale.ROOT, " of about %,d", total)));
    line.append(' ').append(things);
    percent().ifPresent(p -> line.append(" (").append(p).append(" %)"));
    if (done > 0) {
      line.append(String.format(Locale.ROOT, ", %.1f/s", perSecond()));
    }
    if (!left().isZero()) {
      line.append(", ").append(spell(left())).append(" left");
    }
    return line.toString();
  }

  /** For instance {@code 2 h 5 min}, {@code 2 min 30 s}, {@code 7 s}. */
  public static String spell(Duration time) {
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : time.toSeconds() + " s";
  }
}
