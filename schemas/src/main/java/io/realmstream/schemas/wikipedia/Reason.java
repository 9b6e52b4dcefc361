package io.realmstream.schemas.wikipedia;

/** Why a statement about a page had its outcome. */
public enum Reason {
  /** Known already. */
  REPEAT,
  /** Something newer was known. */
  OLDER,
  /** Another namespace than those asked for. */
  NAMESPACE,
  /** Another content model than wikitext. */
  MODEL,
  /** The page points to another one. */
  REDIRECT,
  /** The title is one that was not asked for, such as a list. */
  TITLE,
  /** A canary: the feed makes it to show that it works. */
  CANARY,
  /** Another wiki than those asked for. */
  OTHER_WIKI,
  /** The same text and title as before. */
  TEXT_UNCHANGED,
  /** The event follows a revision that never came. */
  MISSED_BEFORE,
  /** An import or an audit found something else than what was known. */
  DISAGREES,
  /** The page came back under another number. */
  PAGE_ID_CHANGED,
  /** Somebody has hidden the revision. */
  HIDDEN,
  /** The page was deleted, and its history was suppressed. */
  SUPPRESSED,
  /** The wiki has no such revision (any more). */
  NO_SUCH_REVISION,
  /** The wiki did not answer, or not with what was asked. */
  UNREACHABLE,
  /** The text or the reply is beyond a limit. */
  TOO_LARGE,
  /** There is no text to publish: the page is published empty. */
  EMPTY
}
