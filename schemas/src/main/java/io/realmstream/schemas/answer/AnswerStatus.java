package io.realmstream.schemas.answer;

/** How a query ended. */
public enum AnswerStatus {
  /** With an answer string (OPEN_QA) or passages (RETRIEVE). */
  ANSWERED,
  /** Passages were read, but none holds a span, or a threshold withholds the best answer. */
  NO_ANSWER,
  /** The index has no passage for this query. */
  NO_CANDIDATES,
  /** No index version is active. */
  NO_INDEX,
  /** The query breaks a limit; the reason names field and limit. */
  INVALID,
  /** The deadline passed first. */
  TIMED_OUT,
  /** A model failed on it; the reason says where. */
  FAILED,
  /** The version asked for does not serve. */
  UNAVAILABLE_VERSION,
  /** There are more questions than can be answered by their deadlines; the same may do later. */
  OVERLOADED
}
