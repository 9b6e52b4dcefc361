package io.realmstream.model.document;

/** State: the edit in force of a live document, whole text included. */
public record WantedEdit(ReceivedEdit received, DocumentState state) {

  /** An edit that was accepted, with the revision of its place. */
  public static WantedEdit of(ReceivedEdit received, Decision.Accept accept) {
    DocumentState place = accept.next();
    return new WantedEdit(received.withRevision(place.revision()), place);
  }
}
