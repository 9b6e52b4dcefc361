package io.realmstream.jobs.retriever;

import io.realmstream.schemas.Hash128;
import java.util.List;

/**
 * What {@code assign} remembers of a document: the passages that it has routed to cells.
 *
 * @param revision newest revision that was wholly routed; Long.MIN_VALUE before the first
 */
public record AssignedDocument(long revision, List<Hash128> uids) {
  static final AssignedDocument NONE = new AssignedDocument(Long.MIN_VALUE, List.of());
}
