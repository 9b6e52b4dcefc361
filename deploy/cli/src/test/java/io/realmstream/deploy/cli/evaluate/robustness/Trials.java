package io.realmstream.deploy.cli.evaluate.robustness;

import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.QueryKind;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Trials and results for tests. */
final class Trials {
  static final GoldQuestion QUESTION =
      new GoldQuestion("1", "when was it lit?", List.of("1871"), List.of("varn"));

  private Trials() {}

  static DocumentEdit document(String text) {
    return new DocumentEdit(
        "varn", 1L, EditKind.UPSERT, "Varn", text, false, null, Provenance.NONE);
  }

  static Trial trial(String text) {
    return new Trial(QUESTION, document(text), "gold", uids("h"), uids("r"));
  }

  private static List<String> uids(String prefix) {
    return IntStream.rangeClosed(1, Trial.NOISE_MAX).mapToObj(i -> prefix + i).toList();
  }

  static Evidence passage(String document, String text) {
    return new Evidence(
        1,
        "uid of " + text,
        new QuotedPassage(document, "", text, 1, null, 0, text.length(), Provenance.NONE),
        1,
        0.5,
        ReadSpan.NONE);
  }

  static AnswerResult result(
      @Nullable String answer, double probability, double mass, Evidence... passages) {
    return new AnswerResult(
        answer == null ? AnswerStatus.NO_ANSWER : AnswerStatus.ANSWERED,
        null,
        new AnswerMode(QueryKind.OPEN_QA, null, null),
        new ReadAnswers(
            answer == null ? null : new AnswerCandidate(answer, probability), List.of(), mass, 0.0),
        List.of(passages),
        null,
        Coverage.NONE);
  }
}
