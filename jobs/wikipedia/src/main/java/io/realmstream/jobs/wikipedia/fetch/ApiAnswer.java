package io.realmstream.jobs.wikipedia.fetch;

import io.realmstream.schemas.wikipedia.Reason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of one request. */
sealed interface ApiAnswer {
  /**
   * Revisions by number; some may be missing, which then come with the continuation.
   *
   * @param further parameters of the request that continues this one; empty = all is said
   * @param answeredMs by the wiki's clock, epoch ms
   */
  record Revisions(Map<Long, Revision> byId, Map<String, String> further, long answeredMs)
      implements ApiAnswer {}

  /**
   * One revision.
   *
   * @param text null = there is none, for {@code reason}: HIDDEN and TOO_LARGE are final,
   *     NO_SUCH_REVISION and UNREACHABLE may pass
   */
  record Revision(@Nullable String text, @Nullable Reason reason) {}

  /** The host wants fewer requests, or cannot be reached. Nothing is known of the revisions. */
  record Refused(long pauseMs) implements ApiAnswer {}

  /**
   * No whole reply came in time, or a gateway says so: the host is out of reach, or one of the
   * revisions is too much for it.
   */
  record Unanswered() implements ApiAnswer {}

  /** The reply is beyond its limit: fewer revisions at once may fit. */
  record TooLarge() implements ApiAnswer {}

  /** The reply is not one of the API. */
  record Broken() implements ApiAnswer {}
}
