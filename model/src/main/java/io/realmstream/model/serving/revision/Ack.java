package io.realmstream.model.serving.revision;

import io.realmstream.model.document.DocumentState;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.EditKind;

/**
 * A cell has the passage: queries that probe it after this one find it.
 *
 * @param edit which of the edits of its revision, see {@code DocumentState}
 * @param copy which of the {@code copies} of that insert the cell took in
 */
public record Ack(
    int documentShard,
    int version,
    String document,
    Hash128 uid,
    long revision,
    Hash128 edit,
    int copy,
    int copies) {
  /** Place of the edit that brought it. */
  DocumentState state() {
    return new DocumentState(revision, EditKind.UPSERT, edit);
  }
}
