package io.realmstream.model.wikipedia;

import org.jspecify.annotations.Nullable;

/**
 * Which statement about a page is the newest, whatever the order in which they arrive. There are
 * two orders. Edits have growing revision numbers, but an imported revision may be years old. All
 * other statements have reliable times, but name the revision as it stands: an undelete of part of
 * a history can name a lower one.
 *
 * <p>The newest edit is the one with the highest number. The newest of the others is the one with
 * the latest time. Between the two: the edit is newer if its number is beyond all that the others
 * have named, unless the wiki had it more than a minute before the other. That minute is what feeds
 * and replicas may lag.
 *
 * @param edit the highest number of an edit; 0 = none
 * @param editMs when the wiki's feed had it
 * @param other the newest of the others, without its text; null = none
 * @param named the highest number that any of the others has named
 */
public record PageOrder(long edit, long editMs, @Nullable Statement other, long named) {
  /** Nothing was said. */
  public static final PageOrder NONE = new PageOrder(0, 0, null, 0);

  private static final long LAG_MS = 60_000;

  /** Nothing but this edit has been named. */
  static PageOrder ofEdit(long number, long timeMs) {
    return new PageOrder(number, timeMs, null, 0);
  }

  /** Whether the newest statement is an edit. */
  boolean isEdit() {
    return edit > named && (other == null || editMs >= other.timeMs() - LAG_MS);
  }

  /** The highest number that was ever named. */
  long highest() {
    return Math.max(edit, named);
  }

  /** The order after {@code said}. */
  PageOrder with(Statement said) {
    long number = said.revision().id();
    return switch (said.kind().order()) {
      case NONE -> this;
      case NUMBER ->
          number > edit
              ? new PageOrder(number, Math.max(said.timeMs(), said.receivedMs()), other, named)
              : this;
      case TIME ->
          new PageOrder(edit, editMs, isLater(said) ? kept(said) : other, Math.max(named, number));
    };
  }

  /** Whether {@code said}, or an equal statement, has come before. */
  boolean isRepeat(Statement said) {
    return switch (said.kind().order()) {
      case NONE -> false;
      case NUMBER -> said.revision().id() == edit;
      case TIME -> other != null && compare(said, other) == 0;
    };
  }

  /** Whether {@code said} is behind all others but edits. */
  boolean isLater(Statement said) {
    return other == null || compare(said, other) > 0;
  }

  /** Of equal times the higher number, then the kind that {@link StatementKind} names later. */
  private static int compare(Statement one, Statement two) {
    int times = Long.compare(one.timeMs(), two.timeMs());
    int numbers = Long.compare(one.revision().id(), two.revision().id());
    return times != 0 ? times : numbers != 0 ? numbers : one.kind().compareTo(two.kind());
  }

  /**
   * What is kept of the newest of the others. Of a page that is hidden or gone, that is neither
   * title nor text.
   */
  private static Statement kept(Statement said) {
    return said.says() == PageStatus.PRESENT ? said.withText(null) : said.withoutPage();
  }
}
