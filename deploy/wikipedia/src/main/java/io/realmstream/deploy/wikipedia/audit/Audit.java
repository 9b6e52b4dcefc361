package io.realmstream.deploy.wikipedia.audit;

import io.realmstream.deploy.wikipedia.audit.SweepProgress.Sweep;
import io.realmstream.schemas.wikipedia.ObservedState;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One sweep over all pages of some namespaces. Each page that differs from what is held becomes a
 * statement. The follower decides what to do with it. A sweep that was cut off is gone on with; the
 * pages of its last second come twice then.
 */
public final class Audit {
  private static final Duration KEPT_EVERY = Duration.ofSeconds(1);

  private final WikiApi api;
  private final KnownPages known;
  private final SweepProgress progress;
  private final Differences differences;
  private long keptNanos = System.nanoTime();
  private @Nullable Sweep sweep;
  private long pages;
  private long differing;

  /** Where statements about pages that differ go. */
  public interface Differences {
    /**
     * Takes one.
     *
     * @param textBytes of the wikitext that the follower may fetch
     * @return false if it could not, because the sweep is to end
     */
    boolean take(WikipediaObserved page, long textBytes);

    /** Returns when all that was taken is safe from a kill of this process. */
    void flush();
  }

  public Audit(WikiApi api, KnownPages known, SweepProgress progress, Differences differences) {
    this.api = api;
    this.known = known;
    this.progress = progress;
    this.differences = differences;
  }

  /**
   * Sweeps once, or ends the sweep that was cut off.
   *
   * @param goOn asked after every reply; false ends it
   * @return whether all pages were met
   * @throws IOException if the wiki does not answer
   */
  public boolean sweep(List<Integer> namespaces, BooleanSupplier goOn)
      throws IOException, InterruptedException {
    sweep = progress.sweep(namespaces);
    if (sweep != null) {
      progress.forEachMet(known::met);
    }
    boolean whole = list(namespaces, goOn) && askForUnmet(goOn);
    if (sweep != null) {
      differences.flush();
      if (whole) {
        progress.ended(sweep);
      } else {
        progress.keep(sweep);
      }
    }
    return whole;
  }

  private boolean list(List<Integer> namespaces, BooleanSupplier goOn)
      throws IOException, InterruptedException {
    int namespace = sweep == null ? 0 : sweep.listed();
    while (namespace < namespaces.size()) {
      ListedPages listed =
          api.pages(namespaces.get(namespace), sweep == null ? null : sweep.next());
      if (!compare(listed.pages())) {
        return false;
      }
      namespace += listed.next() == null ? 1 : 0;
      sweep =
          new Sweep(
              sweep == null ? listed.at() : sweep.began(), namespaces, namespace, listed.next());
      keep(sweep);
      if (!goOn.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Pages that are held and not listed: gone, redirects by now, or moved while the sweep went on.
   */
  private boolean askForUnmet(BooleanSupplier goOn) throws IOException, InterruptedException {
    List<Long> unmet = known.unmet();
    for (int start = 0; start < unmet.size(); start += WikiApi.ASKED_MAX) {
      int end = Math.min(unmet.size(), start + WikiApi.ASKED_MAX);
      long[] ids = unmet.subList(start, end).stream().mapToLong(Long::longValue).toArray();
      if (!compare(api.pages(ids))) {
        return false;
      }
      if (sweep != null) {
        keep(sweep);
      }
      if (!goOn.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  private void keep(Sweep place) throws IOException {
    if (System.nanoTime() - keptNanos > KEPT_EVERY.toNanos()) {
      keptNanos = System.nanoTime();
      differences.flush();
      progress.keep(place);
    }
  }

  /** Whether all that differs was taken. */
  private boolean compare(List<ListedPages.Page> reply) {
    for (ListedPages.Page listed : reply) {
      WikipediaObserved page = listed.observed();
      if (differs(page)) {
        if (!differences.take(page, listed.textBytes())) {
          return false;
        }
        differing++;
      }
      pages++;
      progress.met(page.pageId());
    }
    return true;
  }

  private boolean differs(WikipediaObserved page) {
    Long revisionId = page.revision().revisionId();
    boolean same = revisionId != null && known.meets(page.pageId(), revisionId);
    return !same || page.state() != ObservedState.PRESENT || isRedirect(page);
  }

  private static boolean isRedirect(WikipediaObserved page) {
    return Boolean.TRUE.equals(page.page().redirect());
  }

  /** Pages that the wiki told of. */
  public long pages() {
    return pages;
  }

  public long differences() {
    return differing;
  }
}
