package io.realmstream.deploy.client.documents;

import io.realmstream.model.document.Decision;
import io.realmstream.model.document.DocumentState;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.Outcome;
import org.jspecify.annotations.Nullable;

/** What the topics tell of one document: its newest edit, its last status, what is in force. */
public final class DocumentStory {
  private @Nullable DocumentEdit edit;
  private DocumentState place = DocumentState.NONE;
  private DocumentState accepted = DocumentState.NONE;
  private @Nullable DocumentStatus status;
  private @Nullable DocumentStatus inForce;

  /** The greatest revision whose end is told. */
  private long told = Long.MIN_VALUE;

  /**
   * A client's edit.
   *
   * @throws IllegalArgumentException as {@link DocumentState#of(DocumentEdit, AcceptedEdit.Origin)}
   */
  public void edit(DocumentEdit next, AcceptedEdit.Origin record) {
    take(next, DocumentState.of(next, record));
  }

  /** An edit that the updater has accepted. */
  public void accepted(AcceptedEdit accepted) {
    DocumentState state = DocumentState.of(accepted);
    this.accepted = this.accepted.compareTo(state) < 0 ? state : this.accepted;
    take(accepted.edit(), state);
  }

  private void take(DocumentEdit next, DocumentState arriving) {
    if (Decision.decide(place, arriving) instanceof Decision.Accept accept) {
      edit = next;
      place = accept.next();
    }
  }

  public void status(DocumentStatus next) {
    status = next;
    if (next.outcome() != Outcome.STALE) {
      told = Math.max(told, next.revision());
    }
    if (next.outcome() != Outcome.STALE && next.outcome() != Outcome.FAILED) {
      inForce = next;
    }
  }

  public boolean known() {
    return edit != null || status != null;
  }

  /** The greatest edit, accepted or not read yet; null when the topics have forgotten it. */
  public @Nullable DocumentEdit edit() {
    return edit;
  }

  /** Revision of {@link #edit}. */
  public long revision() {
    return place.revision();
  }

  public @Nullable DocumentStatus status() {
    return status;
  }

  /** Status of the revision that answers see; null when the topic has forgotten it. */
  public @Nullable DocumentStatus inForce() {
    return inForce;
  }

  /**
   * Whether the newest edit's end is not known yet. A STALE one is over; should compaction have
   * left its status alone, that of the edit which it came behind is unknown, and nothing is said.
   */
  public boolean pending() {
    boolean forgotten = status != null && told == Long.MIN_VALUE && accepted.compareTo(place) >= 0;
    return edit != null && told < place.revision() && !forgotten;
  }
}
