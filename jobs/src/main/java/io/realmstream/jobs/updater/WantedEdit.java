package io.realmstream.jobs.updater;

import io.realmstream.model.document.Decision;
import io.realmstream.model.document.DocumentState;

/** State: the edit in force of a live document, whole text included. */
public record WantedEdit(ReceivedEdit received, DocumentState state) {

  /** An edit that was accepted, with the revision of its place. */
  static WantedEdit of(ReceivedEdit received, Decision.Accept accept) {
    DocumentState place = accept.next();
    return new WantedEdit(received.withRevision(place.revision()), place);
  }
}
