package io.realmstream.deploy.wikipedia.audit;

import io.realmstream.schemas.wikipedia.ObservedState;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One sweep over all pages of some namespaces. Each page that differs from what is held becomes a
 * statement. The follower decides what to do with it.
 */
public final class Audit {
  private final WikiApi api;
  private final KnownPages known;
  private final Consumer<WikipediaObserved> differing;
  private long pages;
  private long differences;

  /**
   * @param differing told of each page that differs
   */
  public Audit(WikiApi api, KnownPages known, Consumer<WikipediaObserved> differing) {
    this.api = api;
    this.known = known;
    this.differing = differing;
  }

  /**
   * Sweeps once.
   *
   * @param goOn asked after every reply; false ends it
   * @return whether all pages were met
   * @throws IOException if the wiki does not answer
   */
  public boolean sweep(List<Integer> namespaces, BooleanSupplier goOn)
      throws IOException, InterruptedException {
    for (int namespace : namespaces) {
      String next = null;
      do {
        ListedPages listed = api.pages(namespace, next);
        listed.pages().forEach(this::compare);
        next = listed.next();
        if (!goOn.getAsBoolean()) {
          return false;
        }
      } while (next != null);
    }
    return askForUnmet(goOn);
  }

  /**
   * Pages that are held and not listed: gone, redirects by now, or moved while the sweep went on.
   */
  private boolean askForUnmet(BooleanSupplier goOn) throws IOException, InterruptedException {
    List<Long> unmet = known.unmet();
    for (int start = 0; start < unmet.size(); start += WikiApi.ASKED_MAX) {
      int end = Math.min(unmet.size(), start + WikiApi.ASKED_MAX);
      long[] ids = unmet.subList(start, end).stream().mapToLong(Long::longValue).toArray();
      api.pages(ids).forEach(this::compare);
      if (!goOn.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  private void compare(WikipediaObserved page) {
    pages++;
    Long revisionId = page.revision().revisionId();
    boolean same = revisionId != null && known.meets(page.pageId(), revisionId);
    boolean stays = page.state() == ObservedState.PRESENT && !isRedirect(page);
    if (!same || !stays) {
      differences++;
      differing.accept(page);
    }
  }

  private static boolean isRedirect(WikipediaObserved page) {
    return Boolean.TRUE.equals(page.page().redirect());
  }

  /** Pages that the wiki told of. */
  public long pages() {
    return pages;
  }

  public long differences() {
    return differences;
  }
}
