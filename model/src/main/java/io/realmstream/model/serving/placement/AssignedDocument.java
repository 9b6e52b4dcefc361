package io.realmstream.model.serving.placement;

import io.realmstream.model.document.DocumentState;
import io.realmstream.schemas.Hash128;
import java.util.List;

/**
 * What {@code assign} remembers of a document: the passages that it has routed to cells.
 *
 * @param newest edit that was wholly routed
 */
public record AssignedDocument(DocumentState newest, List<Hash128> uids) {
  public static final AssignedDocument NONE = new AssignedDocument(DocumentState.NONE, List.of());
}
