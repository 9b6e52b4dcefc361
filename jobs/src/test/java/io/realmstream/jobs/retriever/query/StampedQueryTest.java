package io.realmstream.jobs.retriever.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.query.FreshnessMark;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StampedQueryTest {
  private static final FreshnessMark MARK = new FreshnessMark(1, 2, Instant.ofEpochMilli(-3));

  @Test
  void answerMayClaimWhatTheMarkSays() {
    assertThat(stamped(MARK).throughMs()).isEqualTo(-3);
  }

  @Test
  void withoutAMarkOrWithOneThatKnowsNothingNothingIsClaimed() {
    assertThat(stamped(null).throughMs()).isEqualTo(Long.MIN_VALUE);
    assertThat(stamped(new FreshnessMark(1, 2, null)).throughMs()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void idIsTheRequestsNotTheClients() {
    assertThat(stamped(MARK).id()).isEqualTo("queries-0-1");
    assertThat(stamped(MARK).query().id()).isEqualTo("q");
  }

  @Test
  void incompleteQueryIsTheSameInAllElse() {
    StampedQuery stamped = stamped(MARK);

    assertThat(stamped.incomplete().complete()).isFalse();
    assertThat(stamped.incomplete())
        .usingRecursiveComparison()
        .ignoringFields("complete")
        .isEqualTo(stamped);
  }

  @Test
  void queryOfAnotherVersionIsTheSameInAllElse() {
    StampedQuery stamped = stamped(MARK);
    IndexVersion other = new IndexVersion(5, "d", "q", "r", "p");

    assertThat(stamped.version(other).version()).isEqualTo(other);
    assertThat(stamped.version(other))
        .usingRecursiveComparison()
        .ignoringFields("version")
        .isEqualTo(stamped);
  }

  private static StampedQuery stamped(@Nullable FreshnessMark mark) {
    Query query =
        new Query(
            "q", "Who?", QueryKind.RETRIEVE, QueryScope.ofPassages(2), null, QueryOptions.DEFAULT);
    return new StampedQuery(
        new QueryRequest("queries-0-1", query, 9, List.of(), SearchLimit.first(2)),
        8,
        new IndexVersion(4, "", "", "", "flat-4"),
        3,
        DefaultCheckpoints.minilm(),
        true,
        mark,
        new WhiteSpace(" "));
  }
}
