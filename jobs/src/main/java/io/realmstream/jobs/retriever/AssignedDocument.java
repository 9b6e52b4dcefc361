package io.realmstream.jobs.retriever;

import io.realmstream.schemas.Hash128;
import java.util.List;

/**
 * What {@code assign} remembers of a document: the passages that it has routed to cells.
 *
 * @param revision newest revision that was wholly routed
 */
public record AssignedDocument(Revision revision, List<Hash128> uids) {
  static final AssignedDocument NONE = new AssignedDocument(Revision.NONE, List.of());
}
