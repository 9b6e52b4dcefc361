package io.realmstream.deploy.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
  private final StringWriter err = new StringWriter();
  private final SettableClock clock = new SettableClock();
  private final Progress progress =
      new ProgressLines(new PrintWriter(err), "load ", "documents", clock);

  @Test
  void aLineComesEveryFiveSeconds() {
    clock.advance(Duration.ofMillis(4_999));
    progress.update(1, 100);
    assertThat(err.toString()).isEmpty();
    clock.advance(Duration.ofMillis(1));
    progress.update(2, 100);
    progress.update(3, 100);
    assertThat(err.toString().lines())
        .containsExactly("load 2 of about 100 documents (2 %), 0.4/s, 4 min 5 s left");
  }

  @Test
  void aLineComesEveryTenPercentButNotTwiceASecond() {
    progress.update(10, 100);
    assertThat(err.toString()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    progress.update(10, 100);
    progress.update(90, 100);
    clock.advance(Duration.ofSeconds(1));
    progress.update(90, 100);
    assertThat(err.toString().lines())
        .containsExactly(
            "load 10 of about 100 documents (10 %), 10.0/s, 9 s left",
            "load 90 of about 100 documents (90 %), 45.0/s");
  }

  private static final class SettableClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void advance(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
