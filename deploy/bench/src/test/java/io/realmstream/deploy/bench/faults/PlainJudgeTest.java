package io.realmstream.deploy.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.bench.faults.History.Sent;
import io.realmstream.deploy.bench.faults.History.View;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerRun;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlainJudgeTest {
  private static final View UNDATED = new View(Long.MIN_VALUE, 9, false);

  private final History history = new History(1);
  private final Sent a = history.create();
  private final Sent b = history.create();
  private final Sent c = history.create();
  private final Map<DocumentEdit, Double> scores = new HashMap<>();
  private final PlainJudge judge =
      new PlainJudge(history, (version, question, edit) -> scores.getOrDefault(edit, 0.0));

  @BeforeEach
  void documentsWithScores() {
    scores.put(a.edit(), 3.0);
    scores.put(b.edit(), 2.0);
    scores.put(c.edit(), 1.0);
    a.acknowledged(10);
    b.acknowledged(20);
    c.acknowledged(30);
  }

  @Test
  void bestOfAllIsRight() {
    assertThat(fault(history.settled(), true, quote(a, 3), quote(b, 2))).isNull();
    assertThat(fault(UNDATED, true, quote(a, 3), quote(b, 2))).isNull();
  }

  @Test
  void documentThatIsLeftOutIsWrongOnlyIfItMustBeSeen() {
    assertThat(fault(history.settled(), true, quote(b, 2), quote(c, 1)))
        .isEqualTo("fault-0 is left out");
    assertThat(fault(new View(10, 9, false), true, quote(b, 2), quote(c, 1)))
        .isEqualTo("fault-0 is left out");
    assertThat(fault(new View(9, 9, false), true, quote(b, 2), quote(c, 1))).isNull();
    assertThat(fault(new View(9, 9, true), true, quote(b, 2), quote(c, 1)))
        .isEqualTo("fault-0 is left out");
    assertThat(fault(history.settled(), false, quote(b, 2), quote(c, 1))).isNull();
  }

  @Test
  void answerThatIsNotFullHasEveryDocument() {
    assertThat(fault(history.settled(), true, quote(a, 3))).isEqualTo("fault-1 is left out");
    assertThat(fault(new View(10, 9, false), true, quote(a, 3))).isNull();
  }

  @Test
  void scoreIsComparedBitForBit() {
    assertThat(fault(UNDATED, true, quote(a, Math.nextUp(3.0)), quote(b, 2)))
        .isEqualTo("fault-0 has the score 3.0000000000000004, not 3.0");
  }

  @Test
  void bestIsFirstAndNothingIsQuotedTwice() {
    assertThat(fault(UNDATED, true, quote(b, 2), quote(a, 3)))
        .isEqualTo("fault-0 is better than those before it");
    assertThat(fault(UNDATED, true, quote(a, 3), quote(a, 3)))
        .isEqualTo("fault-0 may not be quoted from revision 1");
  }

  @Test
  void revisionThatIsReplacedOrNotYetSentMayNotBeQuoted() {
    Sent newer = history.edit();
    while (!newer.edit().id().equals("fault-0")) {
      newer = history.edit();
    }
    newer.acknowledged(40);
    assertThat(fault(new View(40, 99, false), true, quote(a, 3), quote(b, 2)))
        .isEqualTo("fault-0 may not be quoted from revision 1");
    assertThat(fault(new View(39, 99, false), false, quote(a, 3))).isNull();
    assertThat(fault(new View(39, 3, false), false, quote(newer, 0)))
        .startsWith("fault-0 may not be quoted from revision");
  }

  @Test
  void statusIsWrongUnlessItIsOverload() {
    AnswerResult failed = AnswerResult.without(AnswerStatus.FAILED, "no", QueryKind.RETRIEVE);
    assertThat(judge.fault(query(), new Answer("q", failed, AnswerRun.NONE), UNDATED))
        .isEqualTo("FAILED: no");
    AnswerResult refused = AnswerResult.without(AnswerStatus.OVERLOADED, "", QueryKind.RETRIEVE);
    assertThat(judge.fault(query(), new Answer("q", refused, AnswerRun.NONE), UNDATED)).isNull();
  }

  private @Nullable String fault(View view, boolean exact, Evidence... passages) {
    AnswerResult result =
        new AnswerResult(
            AnswerStatus.ANSWERED,
            null,
            new AnswerMode(QueryKind.RETRIEVE, null, null),
            ReadAnswers.NONE,
            new ArrayList<>(List.of(passages)),
            new IndexVersion(1, "", "", "", ""),
            new Coverage(exact, 1, false, view.complete(), false));
    return judge.fault(query(), new Answer("q", result, AnswerRun.NONE), view);
  }

  private static Query query() {
    return new Query(
        "q", "how", QueryKind.RETRIEVE, QueryScope.ofPassages(2), null, QueryOptions.DEFAULT);
  }

  private static Evidence quote(Sent sent, double score) {
    DocumentEdit edit = sent.edit();
    return new Evidence(
        1,
        "0".repeat(32),
        new QuotedPassage(
            edit.id(),
            "",
            edit.text(),
            Objects.requireNonNull(edit.revision()),
            null,
            0,
            0,
            Provenance.NONE),
        score,
        1,
        ReadSpan.NONE);
  }
}
