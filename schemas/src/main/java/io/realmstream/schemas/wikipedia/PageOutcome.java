package io.realmstream.schemas.wikipedia;

/** What became of a statement about a page. */
public enum PageOutcome {
  /** It changed nothing; the reason says why. */
  IGNORED,
  /** Its text went to the documents topic. */
  PUBLISHED,
  /** Its text is published when it has stood long enough, unless something newer is said. */
  HELD,
  /** The page's document was deleted. */
  DELETED,
  /** The page's document was deleted, and its text is to be forgotten everywhere. */
  PURGED,
  /** Something newer was known already. */
  LATE,
  /** It showed that an event was missed or that the state was wrong, and was applied. */
  REPAIRED,
  /** Its text could not be had; the next audit comes back to the page. */
  FETCH_FAILED,
  /** Its text is beyond a limit, and was published up to there. */
  TEXT_CUT,
  /** Its kind is unknown; the page counts as unverified. */
  UNKNOWN_KIND,
  /** The feed has lost what happened between two times. */
  GAP
}
