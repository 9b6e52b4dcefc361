package io.realmstream.jobs.retriever.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.retrieval.SearchAgain;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class QueryRequestTest {
  private static final List<RecordHeader> HEADERS =
      List.of(new RecordHeader("trace", new byte[] {7}));
  private static final InboundRecord RECORD =
      new InboundRecord("queries", 2, 41, 7, null, new byte[0], HEADERS);
  private static final Query QUERY =
      new Query(
          "q",
          "Who?",
          QueryKind.RETRIEVE,
          QueryScope.ofPassages(2),
          Instant.ofEpochMilli(1_000),
          QueryOptions.DEFAULT);
  private static final SearchLimit FIRST = SearchLimit.first(2);
  private static final SearchLimit LARGE = new SearchLimit(1_000, 2_000);

  @Test
  void recordsPlaceIsTheIdentityNotTheClientsId() {
    QueryRequest request = QueryRequest.first(RECORD, QUERY, 5);

    assertThat(request.request()).isEqualTo("queries-2-41");
    assertThat(request.deadlineMs()).isEqualTo(5);
    assertThat(request.headers()).isEqualTo(HEADERS);
    assertThat(request.limit()).isEqualTo(FIRST);
  }

  @Test
  void anotherSearchFetchesWhatItAsksForUpToTheBound() {
    assertThat(again(LARGE, 5_000).limit()).isEqualTo(LARGE);
    assertThat(again(LARGE, 2_000).limit()).isEqualTo(LARGE);
    assertThat(again(LARGE, 1_500).limit()).isEqualTo(new SearchLimit(1_000, 1_500));
    assertThat(again(LARGE, 900).limit()).isEqualTo(new SearchLimit(900, 900));
  }

  @Test
  void anotherSearchMayFetchAsMuchAsTheFirstWhateverTheBound() {
    assertThat(again(LARGE, 0).limit().hits()).isEqualTo(FIRST.hits());
    assertThat(again(FIRST, 1).limit()).isEqualTo(FIRST);
  }

  @Test
  void anotherSearchKeepsTheDeadlineAndHasAnIdentityOfItsOwn() {
    QueryRequest request = again(FIRST, 100);

    assertThat(request.deadlineMs()).isEqualTo(5);
    assertThat(request.query().deadline()).isNull();
    assertThat(request.request()).isEqualTo("queries-2-41");
    assertThat(request.headers()).isEqualTo(HEADERS);
  }

  @Test
  void recordForAnotherSearchSaysAllThatItNeeds() throws Exception {
    OutboundRecord record = Objects.requireNonNull(request(HEADERS).again(LARGE));

    assertThat(record.partition()).isEqualTo(OutboundRecord.BY_KEY);
    assertThat(record.key()).isEqualTo("queries-2-41".getBytes(UTF_8));
    assertThat(record.headers()).isEqualTo(HEADERS);
    assertThat(SearchAgain.decode(Objects.requireNonNull(record.value())))
        .isEqualTo(new SearchAgain(QUERY, 5, LARGE));
  }

  @Test
  void recordThatItsTopicWouldRefuseIsNotWritten() {
    int value = new SearchAgain(QUERY, 5, LARGE).encode().length;
    int most = Codecs.ANSWER_BYTES_MAX - value - 3; // of one letter as its key

    assertThat(request(header(most)).again(LARGE)).isNotNull();
    assertThat(request(header(most + 1)).again(LARGE)).isNull();
  }

  private static QueryRequest again(SearchLimit limit, int hitsMax) {
    return QueryRequest.again(RECORD, new SearchAgain(QUERY, 5, limit), 5, hitsMax);
  }

  private static QueryRequest request(List<RecordHeader> headers) {
    return new QueryRequest("queries-2-41", QUERY, 5, headers, FIRST);
  }

  private static List<RecordHeader> header(int bytes) {
    return List.of(new RecordHeader("k", new byte[bytes]));
  }
}
