package io.realmstream.deploy.wikipedia.load;

import io.realmstream.deploy.client.Outstanding;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.wikipedia.PageOutcome;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import io.realmstream.schemas.wikipedia.WikipediaOutcome;
import java.util.HashMap;
import java.util.Map;

/**
 * Pages that were sent and are not done yet. A page that is published is done with the status of
 * its document, any other with its outcome. Nobody waits for one that is held.
 */
final class Unsettled {
  /** What a page counts for at least, so that pages without text are bounded, too. */
  private static final int PAGE_BYTES_MIN = 512;

  private final Map<String, Long> pages = new HashMap<>();
  private long bytes;

  /**
   * A page was sent.
   *
   * @param id of its document
   * @param textBytes of its text
   */
  void sent(String id, long textBytes) {
    long weight = Math.max(PAGE_BYTES_MIN, textBytes);
    pages.merge(id, weight, Long::sum);
    bytes += weight;
  }

  /** What became of a statement. */
  void outcome(WikipediaOutcome outcome) {
    if (outcome.pageId() != null && !leadsToAStatus(outcome.outcome())) {
      ended(WikipediaObserved.key(outcome.wiki(), outcome.pageId()));
    }
  }

  /** What became of a document. */
  void status(DocumentStatus status) {
    if (Outstanding.isFinal(status)) {
      ended(status.id());
    }
  }

  private static boolean leadsToAStatus(PageOutcome outcome) {
    return switch (outcome) {
      case PUBLISHED, DELETED, PURGED, REPAIRED, TEXT_CUT -> true;
      case IGNORED, HELD, LATE, FETCH_FAILED, UNKNOWN_KIND, GAP -> false;
    };
  }

  private void ended(String id) {
    Long weight = pages.remove(id);
    bytes -= weight == null ? 0 : weight;
  }

  /** Bytes of their texts. */
  long bytes() {
    return bytes;
  }

  int count() {
    return pages.size();
  }
}
