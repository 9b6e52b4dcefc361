package io.realmstream.jobs.wikipedia.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.wikipedia.fetch.LocalApi.Fault;
import io.realmstream.schemas.wikipedia.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fetcher against a real server; time passes only when nothing is under way. */
class FetcherTest {
  private static final long PATIENCE_S = 60;

  private final LocalApi api = new LocalApi();
  private final LinkedBlockingQueue<Runnable> mails = new LinkedBlockingQueue<>();
  private final List<FetchedText> results = new ArrayList<>();
  private long nowMs = 1_000;
  private Fetcher fetcher = fetcher(200);

  FetcherTest() throws IOException {}

  @AfterEach
  void close() {
    api.close();
  }

  private Fetcher fetcher(int perMinute) {
    return new Fetcher(
        api.settings(perMinute), new Fetcher.Machinery(mails::add, () -> nowMs), results::add);
  }

  private static WantedText wanted(long revision) {
    return new WantedText("enwiki", "enwiki:" + revision, revision, revision);
  }

  private void run(int expected) throws InterruptedException {
    while (results.size() < expected) {
      fetcher.send();
      if (fetcher.inFlight() == 0) {
        assertThat(fetcher.nextMs()).as("nothing will happen").isLessThan(Long.MAX_VALUE);
        nowMs = Math.max(nowMs, fetcher.nextMs());
      } else {
        Runnable mail = mails.poll(PATIENCE_S, TimeUnit.SECONDS);
        assertThat(mail).as("an answer").isNotNull();
        mail.run();
      }
    }
  }

  @Test
  void manyRevisionsShareFewRequestsAndEachIsAskedForOnce() throws Exception {
    LongStream.range(1, 1_001).forEach(id -> api.text(id, "text of " + id));
    LongStream.range(1, 1_001).forEach(id -> fetcher.want(wanted(id)));
    run(1_000);
    assertThat(api.requests()).hasSize(20).allMatch(each -> each.revisions().size() == 50);
    assertThat(api.asked()).doesNotHaveDuplicates();
    assertThat(results)
        .allMatch(each -> ("text of " + each.wanted().revision()).equals(each.text()));
    assertThat(api.requests().get(0).userAgent()).contains("a@example.org");
    // twenty requests, 300 ms apart
    assertThat(nowMs).isBetween(1_000L + 20 * 300, 1_000L + 21 * 300);
  }

  @Test
  void fewRevisionsWaitAQuarterOfASecondForOthers() throws Exception {
    nowMs = 5_000;
    api.text(1, "one").text(2, "two");
    fetcher = fetcher(60_000);
    fetcher.want(wanted(1));
    assertThat(fetcher.nextMs()).isEqualTo(5_250);
    nowMs = 5_200;
    fetcher.want(wanted(2));
    run(2);
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void threeRequestsAreUnderWayAtMost() throws Exception {
    api.hold();
    fetcher = fetcher(60_000);
    LongStream.range(1, 301).forEach(id -> api.text(id, "text"));
    LongStream.range(1, 301).forEach(id -> fetcher.want(wanted(id)));
    for (int i = 0; i < 20; i++) {
      nowMs += 1_000;
      fetcher.send();
    }
    assertThat(fetcher.inFlight()).isEqualTo(3);
    api.release();
    run(300);
    assertThat(api.requests()).hasSize(6);
  }

  @ParameterizedTest
  @EnumSource(names = {"TOO_MANY", "UNAVAILABLE", "BAD_GATEWAY", "GATEWAY_TIMEOUT", "LAG"})
  void aHostThatIsBusyIsLeftInPeaceAndNoRevisionIsGivenUp(Fault fault) throws Exception {
    api.text(1, "one").next(fault, fault, fault, fault, fault, fault);
    fetcher.want(wanted(1));
    run(1);
    assertThat(results.get(0).text()).isEqualTo("one");
    assertThat(api.requests()).hasSize(7);
    assertThat(fetcher.refusals()).isEqualTo(6);
    // 1 + 2 + 4 + ... s, or what the host asks for if that is more
    long pauses =
        switch (fault) {
          case TOO_MANY -> 7 + 7 + 7 + 8 + 16 + 32;
          case LAG -> 5 + 5 + 5 + 8 + 16 + 32;
          default -> 1 + 2 + 4 + 8 + 16 + 32;
        };
    assertThat(nowMs).isBetween(1_000 + 1_000 * pauses, 4_000 + 1_000 * pauses);
  }

  @ParameterizedTest
  @EnumSource(names = {"HTML", "HALF", "CUT_OFF", "SERVER_ERROR"})
  void aReplyThatMakesNoSenseCountsAsATry(Fault fault) throws Exception {
    api.text(1, "one").next(fault, fault, fault);
    fetcher.want(wanted(1));
    run(1);
    assertThat(results.get(0).text()).isEqualTo("one");
    api.next(fault, fault, fault, fault);
    api.text(2, "two");
    fetcher.want(wanted(2));
    run(2);
    assertThat(results.get(1).reason()).isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void aReplyWithoutEndIsCutAndHalvedUntilARevisionIsGivenUp() throws Exception {
    api.text(1, "one").text(2, "two").next(Fault.ENDLESS, Fault.ENDLESS);
    fetcher.want(wanted(1));
    fetcher.want(wanted(2));
    run(2);
    assertThat(results).extracting(FetchedText::reason).contains(Reason.TOO_LARGE);
    assertThat(api.requests()).extracting(each -> each.revisions().size()).containsExactly(2, 1, 1);
  }

  @Test
  void whatGetsNoReplyIsAskedForInHalves() throws Exception {
    LongStream.range(1, 5).forEach(id -> api.text(id, "text of " + id));
    api.next(Fault.GATEWAY_TIMEOUT, Fault.GATEWAY_TIMEOUT);
    LongStream.range(1, 5).forEach(id -> fetcher.want(wanted(id)));
    run(4);
    assertThat(results).allMatch(each -> each.text() != null);
    assertThat(api.requests())
        .extracting(LocalApi.Request::revisions)
        .containsExactlyInAnyOrder(
            List.of(1L, 2L, 3L, 4L), List.of(1L, 2L), List.of(3L, 4L), List.of(1L), List.of(2L));
  }

  @Test
  void whatDoesNotFitInOneReplyComesWithTheNext() throws Exception {
    LongStream.range(1, 11).forEach(id -> api.text(id, "text of " + id));
    api.textsPerReply(3);
    LongStream.range(1, 11).forEach(id -> fetcher.want(wanted(id)));
    run(10);
    assertThat(results).allMatch(each -> each.text() != null);
    assertThat(api.requests())
        .extracting(LocalApi.Request::continues)
        .containsExactly(false, true, true, true);
  }

  @Test
  void aHiddenRevisionIsReportedAtOnce() throws Exception {
    api.hide(1);
    fetcher.want(wanted(1));
    run(1);
    assertThat(results.get(0).reason()).isEqualTo(Reason.HIDDEN);
    assertThat(results.get(0).answeredMs()).isEqualTo(1_772_357_400_000L);
  }

  @Test
  void aTextThatTheWikisStorageDoesNotGiveIsNotHidden() throws Exception {
    api.lose(1).text(2, "two");
    fetcher.want(wanted(1));
    fetcher.want(wanted(2));
    run(2);
    assertThat(results.get(0).text()).isEqualTo("two");
    assertThat(results.get(1).reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(api.asked()).containsExactly(1L, 2L, 1L, 1L, 1L);
  }

  @Test
  void aMissingRevisionIsAskedForFourTimesWhileOthersGoOn() throws Exception {
    api.text(2, "two");
    fetcher.want(wanted(1));
    fetcher.want(wanted(2));
    run(2);
    assertThat(results.get(0).text()).isEqualTo("two");
    assertThat(results.get(1).reason()).isEqualTo(Reason.NO_SUCH_REVISION);
    assertThat(api.asked()).containsExactly(1L, 2L, 1L, 1L, 1L);
  }

  @Test
  void aTextBeyondTheLimitIsGivenUp() throws Exception {
    api.text(1, "x".repeat(ApiReply.REVISION_BYTES_MAX))
        .text(2, "x".repeat(1 + ApiReply.REVISION_BYTES_MAX));
    fetcher.want(wanted(1));
    fetcher.want(wanted(2));
    run(2);
    assertThat(results).extracting(FetchedText::reason).containsExactly(null, Reason.TOO_LARGE);
  }

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

  @Test
  void whatIsNoLongerWantedIsNotAskedFor() throws Exception {
    api.text(1, "one").text(2, "two");
    fetcher.want(wanted(1));
    fetcher.want(wanted(2));
    fetcher.forget("enwiki:1");
    run(1);
    assertThat(api.asked()).containsExactly(2L);
  }
}
