package io.realmstream.jobs.retriever.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.retriever.answer.ReadFunction;
import io.realmstream.jobs.retriever.gather.RankedPassage;
import io.realmstream.jobs.retriever.gather.RetrievedQuery;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.retrieval.SearchTally;
import io.realmstream.model.serving.revision.FoundPassage;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnwritableAnswersTest {
  private static final Hash128 UID = new Hash128(1, 2);

  /** Index and state of before may hold such a time: the question fails, the job goes on. */
  @Test
  void passageWhoseTimeCannotBeWrittenFailsItsQuestion() throws Exception {
    AnswerResult result =
        answer(QueryKind.RETRIEVE, 1, Instant.parse("+10000-01-01T04:59:59Z"), null);

    assertThat(result.status()).isEqualTo(AnswerStatus.FAILED);
    assertThat(result.reason()).contains("years 0 to 9999");
  }

  @ParameterizedTest
  @EnumSource(
      value = QueryKind.class,
      names = {"RETRIEVE", "OPEN_QA"})
  void scoreThatIsNotFiniteFailsItsQuestion(QueryKind kind) throws Exception {
    AnswerResult result = answer(kind, Double.POSITIVE_INFINITY, null, null);

    assertThat(result.status()).isEqualTo(AnswerStatus.FAILED);
    assertThat(result.reason())
        .isEqualTo("score of passage %s: must be finite (is Infinity; scoreScale is 20.0)", UID);
  }

  @Test
  void nullDocumentWhoseScoreIsNotFiniteFailsItsQuestion() throws Exception {
    AnswerResult result = answer(QueryKind.RETRIEVE, 1, null, Double.MAX_VALUE);

    assertThat(result.status()).isEqualTo(AnswerStatus.FAILED);
    assertThat(result.reason()).startsWith("score of the null document: must be finite");
  }

  private static AnswerResult answer(
      QueryKind kind, double score, @Nullable Instant eventTime, @Nullable Double nullScore)
      throws Exception {
    ReadFunction read = new ReadFunction(new Models(Path.of("target", "models").toString()), 1, 8);
    var factory =
        new AsyncWaitOperatorFactory<RetrievedQuery, OutboundRecord>(
            read, 60_000, 1, AsyncDataStream.OutputMode.UNORDERED);
    var harness =
        new OneInputStreamOperatorTestHarness<RetrievedQuery, OutboundRecord>(
            factory,
            TypeInformation.of(RetrievedQuery.class)
                .createSerializer(new ExecutionConfig().getSerializerConfig()));
    try {
      harness.open();
      harness.processElement(retrieved(kind, score, eventTime, nullScore), 0);
      harness.endInput();
      byte[] value = harness.extractOutputValues().get(0).value();
      return Codecs.ANSWER.decode(Objects.requireNonNull(value)).result();
    } finally {
      harness.close();
    }
  }

  private static RetrievedQuery retrieved(
      QueryKind kind, double score, @Nullable Instant eventTime, @Nullable Double nullScore) {
    Query query =
        new Query("q", "Who?", kind, QueryScope.ofPassages(5), null, QueryOptions.DEFAULT);
    StampedQuery stamped =
        new StampedQuery(
            new QueryRequest("request", query, Long.MAX_VALUE / 2, List.of(), SearchLimit.first(5)),
            0,
            new IndexVersion(1, "0".repeat(32), "0".repeat(32), "0".repeat(32), "flat-3"),
            1,
            DefaultCheckpoints.minilm(),
            true,
            null,
            WhiteSpace.NONE);
    FoundPassage passage =
        new FoundPassage(
            UID,
            UID,
            new QuotedPassage("d", "", "Ada keeps goats.", 1, eventTime, 0, 16, Provenance.NONE));
    return new RetrievedQuery(
        new EmbeddedQuery(stamped, new float[1], nullScore, false, 0, null, null),
        List.of(new RankedPassage(passage, score)),
        new SearchTally(3, 0, 0),
        true,
        0,
        false,
        400,
        null);
  }
}
