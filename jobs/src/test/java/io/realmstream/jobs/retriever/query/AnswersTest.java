package io.realmstream.jobs.retriever.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerRun;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswersTest {
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T04:59:59Z");

  static Stream<Arguments> unwritable() {
    return Stream.of(
        Arguments.of(answer(YEAR_10000, "text", .5, null), "years 0 to 9999"),
        Arguments.of(answer(null, "text", .5, YEAR_10000), "years 0 to 9999"),
        Arguments.of(answer(null, "text", Double.NaN, null), "not a finite number: NaN"),
        Arguments.of(answer(null, "half \ud83d", .5, null), "half a surrogate pair"));
  }

  @ParameterizedTest
  @MethodSource("unwritable")
  void answerThatCannotBeWrittenFailsWithItsReason(Answer answer, String reason) throws Exception {
    List<RecordHeader> headers = List.of(new RecordHeader("trace", new byte[] {1}));
    OutboundRecord record = Answers.record(answer, headers);

    assertThat(record.key()).isEqualTo("q".getBytes(UTF_8));
    assertThat(record.headers()).isEqualTo(headers);
    AnswerResult result = decoded(record).result();
    assertThat(result.status()).isEqualTo(AnswerStatus.FAILED);
    assertThat(result.mode().kind()).isEqualTo(QueryKind.RETRIEVE);
    assertThat(result.reason()).startsWith("answer: cannot be written").contains(reason);
  }

  @Test
  void reasonOfAModelThatIsNoUtf8IsAnsweredAllTheSame() throws Exception {
    AnswerResult failed = AnswerResult.without(AnswerStatus.FAILED, "token \ud83d", null);

    assertThat(decoded(Answers.early("q", failed, List.of())).result().reason())
        .isEqualTo("token ?");
  }

  @Test
  void deadlineIsNamedOnlyIfTheQueryNamesOne() {
    Instant deadline = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(Answers.late(query(deadline), "while reading"))
        .isEqualTo("deadline: passed while reading");
    assertThat(Answers.late(query(null), "while reading"))
        .isEqualTo("realm.query.timeout: passed while reading");
  }

  private static Query query(@Nullable Instant deadline) {
    return new Query(
        "q", "Who?", QueryKind.OPEN_QA, QueryScope.ofPassages(5), deadline, QueryOptions.DEFAULT);
  }

  private static Answer decoded(OutboundRecord record) throws Exception {
    return Codecs.ANSWER.decode(Objects.requireNonNull(record.value()));
  }

  private static Answer answer(
      @Nullable Instant revisionTime,
      String text,
      double probability,
      @Nullable Instant indexedThrough) {
    Evidence evidence =
        new Evidence(
            1,
            "0".repeat(32),
            new QuotedPassage("d", "", text, 1, revisionTime, 0, 1, Provenance.NONE),
            1,
            probability,
            ReadSpan.NONE);
    AnswerResult result =
        new AnswerResult(
            AnswerStatus.ANSWERED,
            null,
            new AnswerMode(QueryKind.RETRIEVE, null, null),
            ReadAnswers.NONE,
            List.of(evidence),
            null,
            new Coverage(true, 1, false, true, false));
    return new Answer("q", result, new AnswerRun(Map.of(), 1, 1, 0, 0, indexedThrough));
  }
}
