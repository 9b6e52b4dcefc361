package io.realmstream.model.wikipedia;

/**
 * What is known of a page.
 *
 * @param revision the wiki's number of the current revision; 0 = not known
 * @param title of the document, if there is one; empty = not known
 * @param contentHash of the current revision; empty = not known
 * @param settled whether the document is, or is about to be, what {@code revision} says
 * @param documentRevision the last that was allotted to the page's document; -1 = none
 * @param oldest the lowest number whose text was handed out since the last purge; 0 = none; 1 after
 *     a start without state, when nobody knows
 */
public record PageState(
    PageStatus status,
    long revision,
    String title,
    String contentHash,
    boolean settled,
    PageOrder order,
    long documentRevision,
    long oldest) {
  /** A page of which there was no statement yet. */
  public static final PageState NOTHING =
      new PageState(PageStatus.NOTHING, 0, "", "", true, PageOrder.NONE, -1, 0);

  /**
   * The same, but the document's text is in doubt: the next statement that is the newest publishes
   * it again, even if it names the same text.
   */
  public PageState inDoubt() {
    return new PageState(
        status, revision, title, contentHash, false, order, documentRevision, oldest);
  }

  PageState ordered(PageOrder order) {
    return new PageState(
        status, revision, title, contentHash, settled, order, documentRevision, oldest);
  }

  /** The same after a document with the next revision, which is at least {@code least}. */
  PageState allotted(long least) {
    long next = Math.max(least, documentRevision + 1);
    return new PageState(status, revision, title, contentHash, settled, order, next, oldest);
  }

  PageState published() {
    long oldest = this.oldest == 0 ? revision : Math.min(this.oldest, revision);
    return new PageState(
        status, revision, title, contentHash, true, order, documentRevision, oldest);
  }

  /** The same where any revision up to now may have been handed out. */
  PageState handedOut() {
    return new PageState(status, revision, title, contentHash, settled, order, documentRevision, 1);
  }

  /** The same when the text itself has been seen. */
  public PageState hashed(String contentHash) {
    return new PageState(
        status, revision, title, contentHash, settled, order, documentRevision, oldest);
  }

  PageState purged() {
    return new PageState(status, revision, title, contentHash, settled, order, documentRevision, 0);
  }
}
