package io.realmstream.jobs.wikipedia.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.wikipedia.fetch.LocalApi.Fault;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A host that is away for long. */
class FetcherAwayTest extends FetcherFixture {
  FetcherAwayTest() throws IOException {}

  @Test
  void aHostThatIsNotThereIsTriedAgain() throws Exception {
    api.close();
    fetcher.want(wanted(1));
    for (int i = 0; i < 8; i++) {
      nowMs = Math.max(nowMs, fetcher.nextMs());
      fetcher.send();
      Runnable mail = mails.poll(PATIENCE_S, TimeUnit.SECONDS);
      assertThat(mail).isNotNull();
      mail.run();
    }
    assertThat(results).isEmpty();
    assertThat(fetcher.waiting()).isEqualTo(1);
    assertThat(nowMs).isGreaterThan(1_000L + 1_000 * (1 + 2 + 4 + 8 + 16 + 32 + 60));
  }

  /** An edit a second, to a hundred pages in turn. */
  @Test
  void anHourWithoutTheHostHoldsTheLastRevisionOfEachPageAlone() throws Exception {
    api.next(Collections.nCopies(10_000, Fault.UNAVAILABLE).toArray(Fault[]::new));
    for (long revision = 1; revision <= 3_600; revision++) {
      api.text(revision, "text");
      fetcher.want(new WantedText("enwiki", "enwiki:" + revision % 100, revision, revision));
      fetcher.send();
      while (fetcher.inFlight() > 0) {
        Objects.requireNonNull(mails.poll(PATIENCE_S, TimeUnit.SECONDS)).run();
      }
      assertThat(fetcher.waiting()).isLessThanOrEqualTo(250);
      nowMs += 1_000;
    }
    assertThat(fetcher.unansweredMs("enwiki")).isBetween(3_590_000L, 3_600_000L);
    // pauses of a minute
    assertThat(api.requests()).hasSizeLessThan(3 * 60);
    api.recover();
    run(100);
    assertThat(results).allMatch(each -> each.wanted().revision() > 3_500);
    assertThat(fetcher.unansweredMs("enwiki")).isZero();
  }

  /** The other wiki's host answers, and of the silent one nothing may be wanted any more. */
  @Test
  void silenceIsToldOfTheWikiThatIsSilentAlone() throws Exception {
    try (LocalApi other = new LocalApi()) {
      fetcher =
          new Fetcher(
              new FetchSettings(
                  "realmstream (a@example.org)",
                  60_000,
                  Map.of("enwiki", api.address(), "dewiki", other.address())),
              new Fetcher.Machinery(mails::add, () -> nowMs),
              results::add);
      api.leave();
      other.text(2, "zwei").text(3, "drei");
      fetcher.want(wanted(1));
      fetcher.want(new WantedText("dewiki", "dewiki:2", 2, 2));
      run(1);
      while (nowMs < 100_000) {
        nowMs += 10_000;
        fetcher.send();
        while (fetcher.inFlight() > 0) {
          Objects.requireNonNull(mails.poll(PATIENCE_S, TimeUnit.SECONDS)).run();
        }
      }
      assertThat(fetcher.unansweredMs("enwiki")).isGreaterThan(80_000);
      assertThat(fetcher.unansweredMs("dewiki")).isZero();
      fetcher.forget("enwiki:1");
      fetcher.want(new WantedText("dewiki", "dewiki:3", 3, 3));
      assertThat(fetcher.unansweredMs("enwiki")).isZero();
      assertThat(fetcher.unansweredMs("dewiki")).isZero();
      assertThat(fetcher.unansweredMs("frwiki")).isZero();
    }
  }
}
