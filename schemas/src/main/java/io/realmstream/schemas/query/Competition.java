package io.realmstream.schemas.query;

import io.realmstream.schemas.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which passages compete for a query (spec rule S1).
 *
 * @param nullDocument whether the empty document does; null = the kind's default
 * @param origin uid of the passage that the query was made from, never to be retrieved; null = none
 * @param passages uids of the only passages that do, besides the empty document; null = all
 */
public record Competition(
    @Nullable Boolean nullDocument, @Nullable String origin, @Nullable List<String> passages) {
  public static final int PASSAGES_MAX = 100;

  /** All passages, and what the kind does with the empty document. */
  public static final Competition OPEN = new Competition(null, null, null);

  /** Refuses an empty or too long list of passages. */
  public Competition {
    if (passages != null) {
      passages = List.copyOf(passages);
      Limits.checkAtLeast("options.passages", passages.size(), 1);
      Limits.checkAtMost("options.passages", passages.size(), PASSAGES_MAX);
    }
  }

  /** Only the passages of these uids. */
  public static Competition among(List<String> passages) {
    return new Competition(null, null, passages);
  }
}
