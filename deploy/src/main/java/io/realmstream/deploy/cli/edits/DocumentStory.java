package io.realmstream.deploy.cli.edits;

import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.Outcome;
import org.jspecify.annotations.Nullable;

/** What the topics tell of one document: its newest edit, its last status, what is in force. */
final class DocumentStory {
  private @Nullable DocumentEdit edit;
  private long revision;
  private @Nullable DocumentStatus status;
  private @Nullable DocumentStatus inForce;

  /**
   * @param timestampMs of the edit's record: its revision when it names none
   */
  void edit(DocumentEdit next, long timestampMs) {
    Long named = next.revision();
    long number = named == null ? timestampMs : named;
    if (edit == null || number >= revision) {
      edit = next;
      revision = number;
    }
  }

  void status(DocumentStatus next) {
    status = next;
    if (next.outcome() != Outcome.STALE && next.outcome() != Outcome.FAILED) {
      inForce = next;
    }
  }

  boolean known() {
    return edit != null || status != null;
  }

  /** The edit of the highest revision; null when the topic has forgotten it. */
  @Nullable DocumentEdit edit() {
    return edit;
  }

  /** Revision of {@link #edit}. */
  long revision() {
    return revision;
  }

  @Nullable DocumentStatus status() {
    return status;
  }

  /** Status of the revision that answers see; null when the topic has forgotten it. */
  @Nullable DocumentStatus inForce() {
    return inForce;
  }

  /** Whether the newest edit's end is not known yet. */
  boolean pending() {
    return edit != null && (status == null || status.revision() < revision);
  }
}
