package io.realmstream.jobs.wikipedia.pages;

import io.realmstream.jobs.wikipedia.fetch.FetchedText;
import io.realmstream.jobs.wikipedia.fetch.Fetcher;
import io.realmstream.jobs.wikipedia.fetch.WantedText;
import io.realmstream.jobs.wikipedia.pages.PagesOutput.Page;
import io.realmstream.jobs.wikipedia.text.TextExtractor;
import io.realmstream.model.wikipedia.Action;
import io.realmstream.model.wikipedia.ContentHash;
import io.realmstream.model.wikipedia.Decision;
import io.realmstream.model.wikipedia.DecisionTable;
import io.realmstream.model.wikipedia.PageFacts;
import io.realmstream.model.wikipedia.PageState;
import io.realmstream.model.wikipedia.PageText;
import io.realmstream.model.wikipedia.RevisionFacts;
import io.realmstream.model.wikipedia.Statement;
import io.realmstream.model.wikipedia.StatementKind;
import io.realmstream.model.wikipedia.site.Wiki;
import io.realmstream.schemas.wikipedia.PageOutcome;
import io.realmstream.schemas.wikipedia.Reason;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Does what is to be done about the page whose key is set. */
final class Pages {
  private final PagesSettings settings;
  private final TextExtractor extractor;
  private final DecisionTable table;
  private final PagesState state;
  private final PagesOutput output;
  private final DuePages due = new DuePages();
  private int waitingPages;
  private long newestMs;

  Pages(PagesSettings settings, TextExtractor extractor, PagesState state, PagesOutput output) {
    this.settings = settings;
    this.extractor = extractor;
    this.state = state;
    this.output = output;
    table = new DecisionTable(settings.scope());
  }

  DuePages due() {
    return due;
  }

  /** Takes up a text that waited before a restore. */
  void restore(String key, WaitingText waiting) {
    waitingPages++;
    due.put(key, waiting.dueMs());
  }

  /** Pages whose texts wait. */
  int waitingPages() {
    return waitingPages;
  }

  /** How old the feed's newest statement is by this machine's clock; 0 if there was none. */
  long ageMs(long nowMs) {
    return newestMs == 0 ? 0 : Math.max(0, nowMs - newestMs);
  }

  /** Whether a fetch of the page is under way and still of use. */
  boolean isBeingFetched(String key) throws IOException {
    return state.waiting() != null && !due.contains(key);
  }

  /** Takes a statement. */
  void take(Statement said, long nowMs) throws IOException {
    newestMs = said.kind().isOfFeed() ? Math.max(newestMs, said.timeMs()) : newestMs;
    apply(said, nowMs);
  }

  private void apply(Statement said, long nowMs) throws IOException {
    boolean reread = isOfAnotherVersion();
    PageState before = state.page();
    Decision decision = table.decide(reread ? before.inDoubt() : before, said);
    PageState next = decision.next();
    state.page(next);
    Action action = decision.action();
    if (action != Action.NOTHING && action != Action.PUBLISH) {
      boolean both = action == Action.PURGE_AND_PUBLISH;
      leave(said.key());
      state.published(null);
      output.delete(said.key(), next.documentRevision() - (both ? 1 : 0), action.purges());
    }
    if (!reread && isSurprise(decision.reason())) {
      output.outcome(page(said), PageOutcome.REPAIRED, decision.reason());
    }
    outcome(decision, said);
    if (action.publishes()) {
      await(said, next, nowMs);
    }
  }

  /** Publishes the text that is due, or has it fetched. */
  void publishOrFetch(String key, Fetcher fetcher) throws IOException {
    WaitingText waiting = state.waiting();
    if (waiting == null) {
      return;
    }
    PageText text = waiting.text();
    if (!isKnown(waiting.wiki())) {
      fail(waiting, Reason.UNREACHABLE);
    } else if (text != null) {
      publish(waiting, text);
    } else {
      fetcher.want(
          new WantedText(waiting.wiki(), key, waiting.revision(), waiting.documentRevision()));
    }
  }

  /** A text may wait since before the settings named other wikis. */
  private boolean isKnown(String wiki) {
    try {
      Wiki.of(wiki, settings.fetch().wikis());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Takes what a wiki answered, unless something newer is known of the page. */
  void fetched(FetchedText fetched, long nowMs) throws IOException {
    WaitingText waiting = state.waiting();
    if (waiting == null || waiting.documentRevision() != fetched.wanted().documentRevision()) {
      return;
    }
    String text = fetched.text();
    if (text != null) {
      state.page(state.page().hashed(ContentHash.of(text)));
      publish(waiting, extractor.extract(text));
    } else if (fetched.reason() == Reason.HIDDEN) {
      apply(hidden(waiting, fetched), nowMs);
      WaitingText left = state.waiting();
      if (left != null && left.revision() == waiting.revision()) {
        fail(left, Reason.HIDDEN);
      }
    } else {
      fail(waiting, Objects.requireNonNull(fetched.reason(), "neither text nor reason"));
    }
  }

  /**
   * Whether another version of the extractor made the published text, so that the text may differ
   * now.
   */
  private boolean isOfAnotherVersion() throws IOException {
    PublishedText published = state.published();
    return published != null && published.extractor() != extractor.version();
  }

  private static boolean isSurprise(@Nullable Reason reason) {
    return reason == Reason.MISSED_BEFORE || reason == Reason.DISAGREES;
  }

  private static Page page(Statement said) {
    return new Page(said.wiki(), said.pageId(), said.revision().id(), said.timeMs());
  }

  private void outcome(Decision decision, Statement said) {
    Page page = page(said);
    Reason reason = decision.reason();
    switch (decision.action()) {
      case DELETE -> output.outcome(page, PageOutcome.DELETED, reason);
      case PURGE, PURGE_AND_PUBLISH -> output.outcome(page, PageOutcome.PURGED, reason);
      case PUBLISH -> {
        // its outcome comes with its text
      }
      case NOTHING -> {
        if (said.kind() == StatementKind.UNKNOWN) {
          output.outcome(page, PageOutcome.UNKNOWN_KIND, null);
        } else if (reason != null && reason != Reason.MISSED_BEFORE) {
          boolean late = reason == Reason.OLDER;
          output.outcome(page, late ? PageOutcome.LATE : PageOutcome.IGNORED, reason);
        }
      }
    }
  }

  /**
   * Lets a text wait until the page has settled, or until the text has stood as long as it must.
   */
  private void await(Statement said, PageState next, long nowMs) throws IOException {
    boolean isItsOwn = said.revision().id() == next.revision();
    PageText text = isItsOwn ? said.text() : null;
    WaitingText before = state.waiting();
    long settledMs = nowMs + settings.settle().toMillis();
    long dueMs = nowMs + Math.max(0, settings.hold().toMillis() - stoodMs(said));
    if (settings.hold().isZero() && text == null) {
      dueMs = settledMs;
      if (before != null && due.contains(said.key())) {
        dueMs = Math.min(before.dueMs(), settledMs);
      }
    }
    WaitingText waiting =
        new WaitingText(
            said.wiki(),
            said.pageId(),
            next.title(),
            next.revision(),
            isItsOwn ? said.revision().timeMs() : 0,
            next.documentRevision(),
            dueMs,
            text);
    if (text != null && dueMs <= nowMs) {
      publish(waiting, text);
    } else if (waitingPages >= settings.waitingMax() && before == null) {
      fail(waiting, Reason.UNREACHABLE);
    } else {
      waitingPages += before == null ? 1 : 0;
      state.waiting(waiting);
      due.put(said.key(), dueMs);
      if (!settings.hold().isZero() && dueMs > nowMs) {
        output.outcome(Page.of(waiting), PageOutcome.HELD, null);
      }
    }
  }

  /** How long a text had stood when somebody saw it; whoever heard of it at once cannot tell. */
  private static long stoodMs(Statement said) {
    long madeMs = said.revision().timeMs();
    return said.kind().isSeen() && madeMs > 0 ? Math.max(0, said.timeMs() - madeMs) : 0;
  }

  private void publish(WaitingText waiting, PageText text) throws IOException {
    PublishedText next = PublishedText.of(waiting.title(), text, extractor.version());
    PublishedText before = state.published();
    boolean unchanged = before != null && before.hash().equals(next.hash());
    if (!unchanged && !output.publish(waiting, text)) {
      fail(waiting, Reason.TOO_LARGE);
      return;
    }
    leave(waiting.key());
    state.published(next);
    Page page = Page.of(waiting);
    if (unchanged) {
      output.outcome(page, PageOutcome.IGNORED, Reason.TEXT_UNCHANGED);
      return;
    }
    output.outcome(page, PageOutcome.PUBLISHED, text.text().isBlank() ? Reason.EMPTY : null);
    if (text.cut()) {
      output.outcome(page, PageOutcome.TEXT_CUT, Reason.TOO_LARGE);
    }
  }

  private void fail(WaitingText waiting, Reason reason) throws IOException {
    leave(waiting.key());
    state.page(state.page().inDoubt());
    output.outcome(Page.of(waiting), PageOutcome.FETCH_FAILED, reason);
  }

  /** Ends the waiting of the page. */
  private void leave(String key) throws IOException {
    waitingPages -= state.waiting() == null ? 0 : 1;
    state.waiting(null);
    due.remove(key);
  }

  /**
   * The statement that a revision is hidden. It is about this revision alone: if events are late,
   * newer revisions may exist.
   */
  private static Statement hidden(WaitingText waiting, FetchedText fetched) {
    long timeMs = fetched.answeredMs() == 0 ? waiting.documentRevision() : fetched.answeredMs();
    return new Statement(
        waiting.wiki(),
        waiting.pageId(),
        StatementKind.HIDE_REVISION,
        timeMs,
        timeMs,
        PageFacts.NONE,
        new RevisionFacts(waiting.revision(), 0, "", 0, true),
        null);
  }
}
