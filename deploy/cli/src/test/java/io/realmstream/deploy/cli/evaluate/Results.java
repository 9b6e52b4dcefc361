package io.realmstream.deploy.cli.evaluate;

import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.QueryKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results as a retriever would give them, of version 3. */
final class Results {
  static final IndexVersion VERSION =
      new IndexVersion(3, "1".repeat(32), "2".repeat(32), "3".repeat(32), "flat-16");

  private Results() {}

  static AnswerResult answered(String text, double noAnswerMass) {
    return result(AnswerStatus.ANSWERED, new AnswerCandidate(text, 0.5), noAnswerMass, List.of());
  }

  /** An answer of that confidence. */
  static AnswerResult confident(String text, double confidence) {
    AnswerResult answered = answered(text, 0.0);
    AnswerCandidate answer = answered.read().answer();
    return new AnswerResult(
        answered.status(),
        null,
        answered.mode(),
        new ReadAnswers(answer, null, confidence, List.of(), 0.0, 0.0, null, null),
        List.of(),
        VERSION,
        answered.coverage());
  }

  static AnswerResult unanswered(double noAnswerMass) {
    return result(AnswerStatus.NO_ANSWER, null, noAnswerMass, List.of());
  }

  /** A withheld answer of probability 0.25; 0.125 is unread. */
  static AnswerResult withheld(String text) {
    AnswerResult none = unanswered(0.5);
    return new AnswerResult(
        none.status(),
        null,
        none.mode(),
        new ReadAnswers(
            null, new AnswerCandidate(text, 0.25), null, List.of(), 0.5, 0.125, null, null),
        List.of(),
        VERSION,
        none.coverage());
  }

  /** Passages by rank, each a document and a text; the scores fall from 10 by 1. */
  static AnswerResult passages(String[]... passages) {
    return result(AnswerStatus.ANSWERED, null, null, evidence(passages));
  }

  static List<Evidence> evidence(String[]... passages) {
    List<Evidence> evidence = new ArrayList<>();
    for (String[] passage : passages) {
      int rank = evidence.size() + 1;
      evidence.add(
          new Evidence(
              rank,
              "0".repeat(32),
              new QuotedPassage(passage[0], "", passage[1], 1, null, 0, 1, Provenance.NONE),
              11.0 - rank,
              0.1,
              ReadSpan.NONE));
    }
    return evidence;
  }

  private static AnswerResult result(
      AnswerStatus status,
      @Nullable AnswerCandidate answer,
      @Nullable Double noAnswerMass,
      List<Evidence> passages) {
    return new AnswerResult(
        status,
        null,
        new AnswerMode(QueryKind.OPEN_QA, null, null),
        new ReadAnswers(answer, List.of(), noAnswerMass, noAnswerMass == null ? null : 0d),
        passages,
        VERSION,
        new Coverage(true, 16, false, true, false));
  }
}
