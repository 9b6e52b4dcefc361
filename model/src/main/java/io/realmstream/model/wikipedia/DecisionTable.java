package io.realmstream.model.wikipedia;

import io.realmstream.schemas.wikipedia.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a statement about a page changes. Every statement comes through here, whether it is
 * from the feed, a dump, an audit, or the wiki's reply to a fetch.
 *
 * <p>If a statement is the newest (see {@link PageOrder}), the page's status (rows) and what is
 * said (columns) decide:
 *
 * <pre>
 *                PRESENT    HIDDEN     GONE      SUPPRESS   out of scope
 * NOTHING        publish    purge      delete    purge      -
 * PRESENT        publish *  purge      delete    purge      delete
 * HIDDEN         publish    -          -         purge      -
 * GONE           publish    purge      -         purge      -
 * OUT_OF_SCOPE   publish    purge      -         purge      -
 *
 * * nothing if the text and the title are the same
 * </pre>
 *
 * <p>A statement that is not the newest changes nothing, with one exception: if it hides a text
 * that was published, that text is purged, and the current one is published again.
 */
public final class DecisionTable {
  private final Scope scope;

  public DecisionTable(Scope scope) {
    this.scope = scope;
  }

  /** Decides; the same arguments give the same decision. */
  public Decision decide(PageState state, Statement said) {
    return switch (said.kind()) {
      case KNOWN_PRESENT, KNOWN_GONE -> known(state, said);
      case UNKNOWN -> new Decision(state.inDoubt(), Action.NOTHING, null);
      case HIDE_REVISION ->
          isOfCurrent(state, said)
              ? hidden(state, said)
              : late(state, state.order(), said, Reason.OLDER);
      default -> ordered(state, said);
    };
  }

  /**
   * It counts where nothing else is known; where something is, its document goes on behind it.
   * Nobody knows which revisions were handed out before: any may have been.
   */
  private static Decision known(PageState state, Statement said) {
    long document = said.timeMs();
    if (state.status() == PageStatus.NOTHING) {
      long number = said.revision().id();
      PageOrder order = PageOrder.ofEdit(number, said.receivedMs());
      PageState before =
          new PageState(said.says(), number, said.page().title(), "", true, order, document, 1);
      return new Decision(before, Action.NOTHING, null);
    }
    PageState handedOut = state.handedOut();
    if (document <= state.documentRevision()) {
      return new Decision(handedOut, Action.NOTHING, Reason.OLDER);
    }
    PageState next = handedOut.allotted(document + 1);
    return state.status() == PageStatus.PRESENT
        ? new Decision(next.published(), Action.PUBLISH, Reason.DISAGREES)
        // perhaps it was purged under a lower revision, which the updater did not take
        : new Decision(next.purged(), Action.PURGE, Reason.DISAGREES);
  }

  /** Whether the hidden revision is the current one, and no later statement shows it again. */
  private static boolean isOfCurrent(PageState state, Statement said) {
    return state.status() == PageStatus.PRESENT
        && said.revision().id() == state.revision()
        && (state.order().isEdit() || state.order().isLater(said));
  }

  private Decision ordered(PageState state, Statement said) {
    PageOrder before = state.order();
    PageOrder order = before.with(said);
    PageState next = state.ordered(order);
    if (isNewest(before, said) || isLargerTwin(state, said)) {
      return newest(next, said);
    }
    Statement other = order.other();
    if (before.isEdit() && !order.isEdit() && other != null) {
      // said names a deleted revision, so the edit had wrongly overruled what is now the newest
      return returned(newest(next, other), said);
    }
    boolean repeat = before.isRepeat(said) || confirms(state, said);
    return late(next, before, said, repeat ? Reason.REPEAT : Reason.OLDER);
  }

  private static Decision returned(Decision decision, Statement said) {
    if (!said.forgets() || decision.action() != Action.PUBLISH) {
      return decision;
    }
    PageState next = decision.next().purged().allotted(0).published();
    return new Decision(next, Action.PURGE_AND_PUBLISH, decision.reason());
  }

  private static boolean isNewest(PageOrder before, Statement said) {
    boolean isEdit = before.with(said).isEdit();
    return said.kind().order() == StatementKind.Order.NUMBER
        ? isEdit && said.revision().id() > before.edit()
        : !isEdit && before.isLater(said);
  }

  /** Of two edits with the same number, the one with the larger content hash wins, in every run. */
  private static boolean isLargerTwin(PageState state, Statement said) {
    return said.kind().order() == StatementKind.Order.NUMBER
        && state.order().isEdit()
        && state.order().edit() == said.revision().id()
        && !state.contentHash().isEmpty()
        && said.revision().contentHash().compareTo(state.contentHash()) > 0;
  }

  /**
   * Whether it is an edit that a later statement has named already, or an observation of what is
   * known.
   */
  private static boolean confirms(PageState state, Statement said) {
    return !said.forgets()
        && said.says() == state.status()
        && said.revision().id() == state.revision();
  }

  private static Decision late(PageState state, PageOrder before, Statement said, Reason reason) {
    long number = said.revision().id();
    boolean handedOut =
        state.oldest() > 0 && number >= state.oldest() && number <= before.highest();
    if (!said.forgets() || reason == Reason.REPEAT || !handedOut) {
      return new Decision(state, Action.NOTHING, reason);
    }
    PageState purged = state.allotted(said.momentMs()).purged();
    Reason why = said.kind() == StatementKind.SUPPRESS ? Reason.SUPPRESSED : Reason.HIDDEN;
    return state.status() == PageStatus.PRESENT
        ? new Decision(purged.allotted(0).published(), Action.PURGE_AND_PUBLISH, why)
        : new Decision(purged, Action.PURGE, why);
  }

  private Decision newest(PageState state, Statement said) {
    PageFacts facts = said.page();
    Reason keptOut = scope.keepsOut(facts);
    if (keptOut != null && said.kind() != StatementKind.SUPPRESS) {
      return outOfScope(state, said, keptOut);
    }
    if (isFromBeforeItWasHidden(state, said)) {
      return new Decision(state, Action.NOTHING, Reason.HIDDEN);
    }
    return switch (said.says()) {
      case PRESENT -> present(state, said);
      case HIDDEN -> hidden(state, said);
      default -> gone(state, said);
    };
  }

  /** The hiding need not be in the order; its document's revision is at least its moment. */
  private static boolean isFromBeforeItWasHidden(PageState state, Statement said) {
    return state.status() == PageStatus.HIDDEN
        && said.kind() == StatementKind.SEEN_PRESENT
        && said.revision().id() == state.revision()
        && said.timeMs() <= state.documentRevision();
  }

  private static Decision outOfScope(PageState state, Statement said, Reason reason) {
    boolean gone = said.says() == PageStatus.GONE;
    PageState next = turned(state, said, gone ? PageStatus.GONE : PageStatus.OUT_OF_SCOPE);
    if (said.forgets() && state.oldest() > 0) {
      return new Decision(next.allotted(said.momentMs()).purged(), Action.PURGE, Reason.HIDDEN);
    }
    return state.status() == PageStatus.PRESENT
        ? new Decision(next.allotted(said.momentMs()), Action.DELETE, reason)
        : new Decision(next, Action.NOTHING, reason);
  }

  private static Decision present(PageState state, Statement said) {
    PageState next = turned(state, said, PageStatus.PRESENT);
    if (isUnchanged(state, next)) {
      Reason other = isBehindMissed(state, said) ? Reason.MISSED_BEFORE : Reason.TEXT_UNCHANGED;
      boolean same = state.revision() == next.revision();
      return new Decision(next, Action.NOTHING, same ? Reason.REPEAT : other);
    }
    PageState published = next.allotted(said.momentMs()).published();
    return new Decision(published, Action.PUBLISH, surprise(state, said));
  }

  private static boolean isUnchanged(PageState before, PageState next) {
    boolean hashed = !before.contentHash().isEmpty() && !next.contentHash().isEmpty();
    boolean sameText =
        hashed
            ? before.contentHash().equals(next.contentHash())
            : before.revision() == next.revision();
    return before.status() == PageStatus.PRESENT
        && before.settled()
        && sameText
        && before.title().equals(next.title());
  }

  private static Decision hidden(PageState state, Statement said) {
    PageState next = turned(state, said, PageStatus.HIDDEN);
    return state.status() == PageStatus.HIDDEN
        ? new Decision(next, Action.NOTHING, Reason.HIDDEN)
        : new Decision(next.allotted(said.momentMs()).purged(), Action.PURGE, Reason.HIDDEN);
  }

  private static Decision gone(PageState state, Statement said) {
    PageState next = turned(state, said, PageStatus.GONE);
    PageState allotted = next.allotted(said.momentMs());
    if (said.kind() == StatementKind.SUPPRESS) {
      return new Decision(allotted.purged(), Action.PURGE, Reason.SUPPRESSED);
    }
    boolean published =
        state.status() == PageStatus.PRESENT || state.status() == PageStatus.NOTHING;
    return published
        ? new Decision(allotted, Action.DELETE, surprise(state, said))
        : new Decision(next, Action.NOTHING, Reason.REPEAT);
  }

  /** Why an applied statement is worth a look; null = it is what was to be expected. */
  private static @Nullable Reason surprise(PageState state, Statement said) {
    if (said.kind() == StatementKind.RENUMBERED) {
      return Reason.PAGE_ID_CHANGED;
    }
    if (state.status() == PageStatus.NOTHING) {
      return null;
    }
    if (said.kind().isSeen()) {
      return Reason.DISAGREES;
    }
    return isBehindMissed(state, said) ? Reason.MISSED_BEFORE : null;
  }

  /** Whether it follows a revision that never came. */
  private static boolean isBehindMissed(PageState state, Statement said) {
    long prior = said.revision().priorId();
    return prior != 0 && prior != state.revision();
  }

  /** The state with what the statement says. A deletion may lack revision and title. */
  private static PageState turned(PageState state, Statement said, PageStatus status) {
    RevisionFacts revision = said.revision();
    String title = said.page().title().isEmpty() ? state.title() : said.page().title();
    long number = revision.id() == 0 ? state.revision() : revision.id();
    boolean shown = status == PageStatus.PRESENT;
    return new PageState(
        status,
        number,
        shown ? title : "",
        shown ? hash(state, revision) : "",
        state.settled() || !shown,
        state.order(),
        state.documentRevision(),
        state.oldest());
  }

  /** The hash in the statement, or else the known one if it is of the same revision. */
  private static String hash(PageState state, RevisionFacts revision) {
    boolean known = revision.contentHash().isEmpty() && revision.id() == state.revision();
    return known ? state.contentHash() : revision.contentHash();
  }
}
