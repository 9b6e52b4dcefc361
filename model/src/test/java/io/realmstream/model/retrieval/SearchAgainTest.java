package io.realmstream.model.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.query.Reading;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SearchAgainTest {
  private static final long SEED = 7;

  @Test
  void whatWasEncodedIsDecodedToTheSame() throws Exception {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 1_000; trial++) {
      SearchAgain again = random(random);
      assertThat(SearchAgain.decode(again.encode())).as("seed %d", SEED).isEqualTo(again);
    }
  }

  /** Whatever is decoded is encoded, and to the same. */
  @Test
  void whatIsDecodedOfChangedBytesComesBack() {
    Random random = new Random(SEED);
    int decoded = 0;
    for (int trial = 0; trial < 20_000; trial++) {
      byte[] value = random(random).encode();
      for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
        int at = random.nextInt(value.length);
        boolean isAny = random.nextInt(3) == 0;
        value[at] = (byte) (isAny ? random.nextInt() : value[at] + (random.nextBoolean() ? 1 : -1));
      }
      SearchAgain again;
      try {
        again = SearchAgain.decode(value);
      } catch (BadRecordException e) {
        continue;
      }
      decoded++;
      assertThat(decodedAgain(again)).as("seed %d, trial %d", SEED, trial).isEqualTo(again);
    }
    assertThat(decoded).isBetween(2_000, 18_000);
  }

  @Test
  void theLargestQuestionFits() throws Exception {
    // each of these characters has six bytes in JSON
    Query query = query("i".repeat(512), "\u0001".repeat(65_535) + "a");
    SearchAgain again = new SearchAgain(query, Long.MAX_VALUE, SearchLimit.first(1_000));

    assertThat(SearchAgain.decode(again.encode())).isEqualTo(again);
  }

  @Test
  void theDeadlineIsThatOfTheFirstSearchAlone() {
    Query query =
        new Query(
            "q",
            "text",
            QueryKind.OPEN_QA,
            new QueryScope(5, null, true, null, null),
            Instant.MAX, // no deadline that JSON could carry
            QueryOptions.DEFAULT);
    assertThat(new SearchAgain(query, 5, SearchLimit.first(5)).query().deadline()).isNull();
  }

  @Test
  void bytesThatAreNoneAreRefused() {
    byte[] value = random(new Random(SEED)).encode();
    for (int length = 0; length < value.length; length++) {
      byte[] beginning = Arrays.copyOf(value, length);
      assertThatThrownBy(() -> SearchAgain.decode(beginning))
          .isInstanceOf(BadRecordException.class);
    }
    for (int i = 0; i < 3; i++) {
      byte[] other = value.clone();
      other[i]++;
      assertThatThrownBy(() -> SearchAgain.decode(other))
          .hasMessage("value: is no search-again record of layout 1");
    }
    byte[] nothingWanted = value.clone();
    Arrays.fill(nothingWanted, 11, 15, (byte) 0);
    assertThatThrownBy(() -> SearchAgain.decode(nothingWanted))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("a search wants 1 vector at least");
  }

  private static SearchAgain decodedAgain(SearchAgain again) {
    try {
      return SearchAgain.decode(again.encode());
    } catch (BadRecordException e) {
      throw new AssertionError(again.toString(), e);
    }
  }

  private static SearchAgain random(Random random) {
    QueryOptions options =
        new QueryOptions(
            random.nextBoolean() ? Normalization.PAPER : Normalization.JOINT,
            random.nextBoolean() ? Decoding.MARGINAL : Decoding.MAX_SPAN,
            new Competition(
                random.nextBoolean(),
                random.nextBoolean() ? null : "0123456789abcdef0123456789abcdef",
                null),
            random.nextInt(101),
            random.nextBoolean() ? Reading.CERTAIN : Reading.ALL,
            random.nextBoolean() ? null : random.nextDouble(),
            new AnswerThresholds(
                random.nextBoolean() ? null : random.nextDouble(),
                random.nextBoolean() ? null : random.nextDouble()),
            null);
    Query query =
        new Query(
            "id " + random.nextInt(),
            "text " + random.nextInt() + " \u00e9\u4e2d\ud83d\ude00",
            random.nextBoolean() ? QueryKind.OPEN_QA : QueryKind.RETRIEVE,
            new QueryScope(
                random.nextBoolean() ? null : 1 + random.nextInt(1_000),
                random.nextBoolean() ? null : 1 + random.nextInt(1_000),
                random.nextBoolean(),
                random.nextBoolean() ? null : 1 + random.nextInt(1_000_000),
                random.nextBoolean() ? null : 1 + random.nextInt(9)),
            null,
            options);
    return new SearchAgain(query, random.nextLong(), SearchLimit.first(query.passages()));
  }

  private static Query query(String id, String text) {
    return new Query(
        id, text, QueryKind.RETRIEVE, QueryScope.ofPassages(1_000), null, QueryOptions.DEFAULT);
  }
}
