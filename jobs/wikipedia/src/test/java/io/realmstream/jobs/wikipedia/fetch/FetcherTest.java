package io.realmstream.jobs.wikipedia.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.wikipedia.fetch.LocalApi.Fault;
import io.realmstream.schemas.wikipedia.Reason;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FetcherTest extends FetcherFixture {
  FetcherTest() throws IOException {}

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

  /** Hosts allow three; an audit has one. */
  @Test
  void twoRequestsAreUnderWayAtMost() throws Exception {
    api.hold();
    fetcher = fetcher(60_000);
    LongStream.range(1, 301).forEach(id -> api.text(id, "text"));
    LongStream.range(1, 301).forEach(id -> fetcher.want(wanted(id)));
    for (int i = 0; i < 20; i++) {
      nowMs += 1_000;
      fetcher.send();
    }
    assertThat(fetcher.inFlight()).isEqualTo(2);
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

  /** The host answers the others, so it is not out of reach. */
  @Test
  void aRevisionThatIsTooMuchForTheHostIsGivenUpAndNoOther() throws Exception {
    LongStream.range(1, 51).forEach(id -> api.text(id, "text of " + id));
    api.burden(7);
    LongStream.range(1, 51).forEach(id -> fetcher.want(wanted(id)));
    int sent = 50;
    run(sent - 1);
    while (results.stream().noneMatch(each -> each.wanted().revision() == 7)) {
      sent++;
      nowMs += 1_000;
      assertThat(sent).as("revisions until it is given up").isLessThan(100);
      api.text(sent, "text of " + sent);
      fetcher.want(wanted(sent));
      run(sent - 1);
    }
    assertThat(results)
        .allMatch(
            each ->
                each.wanted().revision() == 7
                    ? each.reason() == Reason.UNREACHABLE
                    : each.text() != null);
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
  void whatIsNoLongerWantedIsNotAskedFor() throws Exception {
    api.text(1, "one").text(2, "two");
    fetcher.want(wanted(1));
    fetcher.want(wanted(2));
    fetcher.forget("enwiki:1");
    run(1);
    assertThat(api.asked()).containsExactly(2L);
  }
}
