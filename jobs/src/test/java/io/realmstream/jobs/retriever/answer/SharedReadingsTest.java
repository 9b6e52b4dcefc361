package io.realmstream.jobs.retriever.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.Models;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.query.QueryKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Uses real readers; the passages of a question differ only in their uids. */
@Timeout(300)
class SharedReadingsTest {
  @ParameterizedTest
  @EnumSource(names = {"OPEN_QA", "MASKED_LM"})
  void sharedReadingsGiveTheSameResults(QueryKind kind) throws Exception {
    // different times, since all in one JVM with the same time share runs
    Models sharing = ReadHarness.models(Duration.ofHours(kind == QueryKind.OPEN_QA ? 1 : 2));

    AnswerResult shared = ask(sharing, kind, 4).get(1);
    AnswerResult own = ask(ReadHarness.models(Duration.ZERO), kind, 1).get(0);

    assertThat(shared).isEqualTo(own);
    assertThat(sharing.recentRuns().shared()).isPositive();
  }

  @Test
  void nothingIsSharedWhenThatIsOff() throws Exception {
    Models off = ReadHarness.models(Duration.ZERO);
    ask(off, QueryKind.OPEN_QA, 2);

    assertThat(off.recentRuns().shared()).isZero();
  }

  private static List<AnswerResult> ask(Models models, QueryKind kind, int times) throws Exception {
    ReadHarness read = new ReadHarness(2, 8, models);
    try {
      List<AnswerResult> results = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        long deadlineMs = System.currentTimeMillis() + 60_000;
        read.ask(ReadHarness.retrieved(ReadHarness.stamped("q", kind, 3, deadlineMs), 3));
      }
      while (results.size() < times) {
        read.answers().stream().map(Answer::result).forEach(results::add);
        Thread.sleep(1);
      }
      return results;
    } finally {
      read.close();
    }
  }
}
