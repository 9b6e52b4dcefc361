package io.realmstream.schemas.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueryTest {
  @Test
  void eachKindHasItsOwnNumberOfPassages() {
    assertThat(query(QueryKind.RETRIEVE, QueryScope.DEFAULT).passages()).isEqualTo(10);
    assertThat(query(QueryKind.OPEN_QA, QueryScope.DEFAULT).passages()).isEqualTo(5);
    assertThat(query(QueryKind.MASKED_LM, QueryScope.DEFAULT).passages()).isEqualTo(8);
    assertThat(query(QueryKind.OPEN_QA, QueryScope.ofPassages(3)).passages()).isEqualTo(3);
  }

  @Test
  void nullDocumentCompetesForMaskedQuestionsUnlessTheQuerySaysOtherwise() {
    assertThat(nullDocument(QueryKind.OPEN_QA, null)).isFalse();
    assertThat(nullDocument(QueryKind.OPEN_QA, true)).isTrue();
    assertThat(nullDocument(QueryKind.MASKED_LM, null)).isTrue();
    assertThat(nullDocument(QueryKind.MASKED_LM, false)).isFalse();
  }

  private static boolean nullDocument(QueryKind kind, @Nullable Boolean option) {
    QueryOptions options =
        new QueryOptions(
            Normalization.PAPER,
            Decoding.MARGINAL,
            new Competition(option, null, null),
            4,
            Reading.CERTAIN,
            null,
            AnswerThresholds.NONE,
            null);
    return new Query("q", "t", kind, QueryScope.DEFAULT, null, options).nullDocument();
  }

  private static Query query(QueryKind kind, QueryScope scope) {
    return new Query("q", "t", kind, scope, null, QueryOptions.DEFAULT);
  }
}
