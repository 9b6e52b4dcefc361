package io.realmstream.model.wikipedia;

import io.realmstream.schemas.wikipedia.WikipediaObserved;
import org.jspecify.annotations.Nullable;

/**
 * Something that is said of a page, wherever it comes from.
 *
 * @param wiki the wiki's database name: {@code enwiki}
 * @param timeMs when it was so, by the wiki's clock, epoch ms
 * @param receivedMs when the wiki's feed had it; an imported revision may be years old by {@code
 *     timeMs}, not by this
 * @param text null = it has none
 */
public record Statement(
    String wiki,
    long pageId,
    StatementKind kind,
    long timeMs,
    long receivedMs,
    PageFacts page,
    RevisionFacts revision,
    @Nullable PageText text) {

  /** The page's key in topics and state, and the id of its document: {@code enwiki:974}. */
  public String key() {
    return WikipediaObserved.key(wiki, pageId);
  }

  /** The same with its text in another form. */
  public Statement withText(@Nullable PageText text) {
    return new Statement(wiki, pageId, kind, timeMs, receivedMs, page, revision, text);
  }

  /** The same without title and text. */
  Statement withoutPage() {
    return new Statement(wiki, pageId, kind, timeMs, receivedMs, PageFacts.NONE, revision, null);
  }

  /** What the page is if nothing newer is said, and if it is in scope. */
  PageStatus says() {
    boolean hidden = kind.says() == PageStatus.PRESENT && !revision.visible();
    return hidden ? PageStatus.HIDDEN : kind.says();
  }

  /** Whether a text is to be forgotten. */
  boolean forgets() {
    return kind.forgets() || says() == PageStatus.HIDDEN;
  }

  /**
   * The document revision that this statement asks for: of an edit the time of its revision, of all
   * others the time of the statement. The page's last document revision may raise it.
   */
  long momentMs() {
    return kind.order() == StatementKind.Order.NUMBER && revision.timeMs() > 0
        ? revision.timeMs()
        : timeMs;
  }
}
