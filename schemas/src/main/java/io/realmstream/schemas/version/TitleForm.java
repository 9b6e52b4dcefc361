package io.realmstream.schemas.version;

/** How a title enters an encoder's or a reader's input. */
public enum TitleForm {
  /** Not at all. */
  NONE,
  /** As text before the body, a space between. */
  TEXT,
  /** As a segment of its own: {@code [CLS] title [SEP] body [SEP]}. */
  SEGMENT
}
