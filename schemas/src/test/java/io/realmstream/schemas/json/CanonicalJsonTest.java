package io.realmstream.schemas.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerRun;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  @Test
  void keysAreSortedNullsLeftOutAndTimesInUtc() {
    Map<String, Double> stages = new LinkedHashMap<>();
    stages.put("search", 1e-7);
    stages.put("embed", 100.0);
    Answer answer =
        new Answer(
            "q",
            AnswerResult.without(AnswerStatus.NO_INDEX, null, null),
            new AnswerRun(stages, 1, 2, 3, 4, Instant.parse("2026-03-01T09:30:00.100Z")));
    assertThat(new String(Codecs.ANSWER.encode(answer), UTF_8))
        .isEqualTo(
            "{\"id\":\"q\",\"result\":{\"cellsProbed\":0,\"complete\":false,\"exact\":false,"
                + "\"partial\":false,\"passages\":[],\"runnersUp\":[],\"status\":\"NO_INDEX\","
                + "\"truncated\":false},\"run\":{\"dropped\":3,"
                + "\"indexedThrough\":\"2026-03-01T09:30:00.100Z\",\"reScored\":2,\"readingsDiscarded\":4,\"scanned\":1,"
                + "\"stagesMs\":{\"embed\":100.0,\"search\":1.0E-7}}}");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFiniteCannotBeWritten(double value) {
    Answer answer =
        new Answer(
            "q",
            AnswerResult.without(AnswerStatus.NO_INDEX, null, null),
            new AnswerRun(Map.of("search", value), 0, 0, 0, 0, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.ANSWER.encode(answer))
        .withMessage("not a finite number: " + value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0001-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"})
  void aTimeOutsideTheFourDigitYearsCannotBeWritten(String time) {
    DocumentEdit edit = edit("text", Instant.parse(time));
    assertThatIllegalArgumentException().isThrownBy(() -> Codecs.DOCUMENT_EDIT.encode(edit));
  }

  @Test
  void halfASurrogatePairCannotBeWritten() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.DOCUMENT_EDIT.encode(edit("\ud800", null)));
  }

  @Test
  void charactersBeyondAsciiAreWrittenAsTheyAre() {
    assertThat(new String(Codecs.DOCUMENT_EDIT.encode(edit("é語😀\u2028\n", null)), UTF_8))
        .isEqualTo(
            "{\"id\":\"d\",\"kind\":\"UPSERT\",\"revision\":1,\"split\":true,"
                + "\"text\":\"é語😀\u2028\\n\",\"title\":\"\"}");
  }

  @Test
  void aTimeWithAnOffsetIsTheSameInstant() throws BadRecordException {
    String json = "{\"id\":\"d\",\"eventTime\":\"2026-03-01t10:30:00.123456789+01:00\"}";
    assertThat(Codecs.DOCUMENT_EDIT.decode(json.getBytes(UTF_8)).eventTime())
        .isEqualTo(Instant.parse("2026-03-01T09:30:00.123456789Z"));
  }

  private static DocumentEdit edit(String text, @Nullable Instant time) {
    return new DocumentEdit("d", 1L, EditKind.UPSERT, "", text, true, time, Provenance.NONE);
  }
}
