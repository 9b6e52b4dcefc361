package io.realmstream.deploy.interleaving;

import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.query.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Questions of every kind that can be answered exactly. */
final class RandomQueries {
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  private final String prefix;
  private final Random random;
  private int count;

  /**
   * @param prefix of the queries' ids
   */
  RandomQueries(String prefix, Random random) {
    this.prefix = prefix;
    this.random = random;
  }

  Query next() {
    QueryOptions options =
        new QueryOptions(
            random.nextBoolean() ? Normalization.PAPER : Normalization.JOINT,
            random.nextInt(4) == 0 ? Decoding.MAX_SPAN : Decoding.MARGINAL,
            new Competition(random.nextInt(4) == 0, null, null),
            random.nextInt(5),
            random.nextInt(4) == 0 ? Reading.ALL : Reading.CERTAIN,
            random.nextInt(4) == 0 ? random.nextDouble() : null,
            new AnswerThresholds(
                random.nextInt(4) == 0 ? random.nextDouble() : null,
                random.nextInt(4) == 0 ? random.nextDouble() : null),
            null);
    QueryKind kind = random.nextBoolean() ? QueryKind.RETRIEVE : QueryKind.OPEN_QA;
    Integer read = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : null;
    boolean isLarge = kind == QueryKind.RETRIEVE && random.nextInt(4) == 0;
    return query(kind, 1 + random.nextInt(isLarge ? 100 : 10), read, options);
  }

  /** For the best passages. */
  Query retrieve(int k) {
    return query(QueryKind.RETRIEVE, k, null, QueryOptions.DEFAULT);
  }

  /** For every passage that there is. */
  Query all() {
    return query(QueryKind.RETRIEVE, QueryScope.K_MAX, null, QueryOptions.DEFAULT);
  }

  private Query query(QueryKind kind, int k, @Nullable Integer read, QueryOptions options) {
    return new Query(
        prefix + count++,
        TinyLanguage.words(random, 1 + random.nextInt(6)),
        kind,
        new QueryScope(k, read, true, null, null),
        Instant.now().plus(DEADLINE),
        options);
  }
}
