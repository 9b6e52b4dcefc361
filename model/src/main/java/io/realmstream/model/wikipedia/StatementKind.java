package io.realmstream.model.wikipedia;

/**
 * What a statement about a page says. Two orders decide which statement is newer: revision numbers
 * among edits, and times among all others; see {@link PageOrder}.
 */
public enum StatementKind {
  /** A document from before a start without state; its time is the document's revision. */
  KNOWN_PRESENT(PageStatus.PRESENT, Order.NONE),
  /** The same of a deleted document. */
  KNOWN_GONE(PageStatus.GONE, Order.NONE),
  /** The feed named a kind that nobody here knows. */
  UNKNOWN(PageStatus.NOTHING, Order.NONE),
  /** Any revision was hidden; only if it is the current one, this speaks of the page. */
  HIDE_REVISION(PageStatus.HIDDEN, Order.NONE),
  CREATE(PageStatus.PRESENT, Order.NUMBER),
  EDIT(PageStatus.PRESENT, Order.NUMBER),
  MOVE(PageStatus.PRESENT, Order.NUMBER),
  /** Somebody looked: an import or an audit. */
  SEEN_PRESENT(PageStatus.PRESENT, Order.TIME),
  UNDELETE(PageStatus.PRESENT, Order.TIME),
  SHOW(PageStatus.PRESENT, Order.TIME),
  SEEN_GONE(PageStatus.GONE, Order.TIME),
  /** The page came back under another number; this is said of the number that it had. */
  RENUMBERED(PageStatus.GONE, Order.TIME),
  DELETE(PageStatus.GONE, Order.TIME),
  SEEN_HIDDEN(PageStatus.HIDDEN, Order.TIME),
  HIDE(PageStatus.HIDDEN, Order.TIME),
  /** A deletion whose history is kept from all but a few. */
  SUPPRESS(PageStatus.GONE, Order.TIME);

  /** By what it is newer than another statement. */
  enum Order {
    NUMBER,
    TIME,
    /** It is in no order. */
    NONE
  }

  private final PageStatus says;
  private final Order order;

  StatementKind(PageStatus says, Order order) {
    this.says = says;
    this.order = order;
  }

  /** The status of a page of which this is the newest statement, if the page is in scope. */
  PageStatus says() {
    return says;
  }

  Order order() {
    return order;
  }

  /** Whether the text of the named revision, and of those before a suppression, is to be purged. */
  boolean forgets() {
    return says == PageStatus.HIDDEN || this == SUPPRESS;
  }

  /** Whether the wiki's feed says so. */
  public boolean isOfFeed() {
    return !isSeen() && this != KNOWN_PRESENT && this != KNOWN_GONE;
  }

  /** Whether somebody looked at the page itself. */
  public boolean isSeen() {
    return this == SEEN_PRESENT || this == SEEN_GONE || this == SEEN_HIDDEN;
  }
}
