package io.realmstream.model.document;

import io.realmstream.schemas.document.DocumentEdit;
import org.jspecify.annotations.Nullable;

/** What an arriving edit means for its document. */
public sealed interface Decision {

  /** The edit is newer than all before: it is the document's wanted state now. */
  record Accept(DocumentState next) implements Decision {}

  /** An edit in force is newer; {@code reason} names both revisions. */
  record Stale(String reason) implements Decision {}

  /** The edit in force, once more. */
  record Duplicate() implements Decision {}

  /**
   * Decides about {@code edit}, whose revision is filled in.
   *
   * @param current the greatest edit so far; null for a document never seen, or whose tombstone has
   *     expired
   */
  static Decision decide(@Nullable DocumentState current, DocumentEdit edit) {
    return decide(current, DocumentState.of(edit));
  }

  /** The same about an edit of which the place in the order is known, as it comes. */
  static Decision decide(@Nullable DocumentState current, DocumentState arriving) {
    DocumentState next = arriving.behind(current);
    int order = current == null ? 1 : next.compareTo(current);
    if (current == null || order > 0) {
      return new Accept(next);
    }
    return order == 0 ? new Duplicate() : new Stale(reason(current, next));
  }

  private static String reason(DocumentState current, DocumentState next) {
    if (next.revision() < current.revision()) {
      return "revision "
          + next.revision()
          + " is older than revision "
          + current.revision()
          + (current.kind() == next.kind() ? "" : " (" + current.kind() + ")");
    }
    if (current.isPlaced()) {
      return "an edit without a revision, read later, has the same time " + next.revision();
    }
    return next.kind() == current.kind()
        ? "another text of the same revision " + next.revision() + " has the larger hash"
        : "the DELETE of the same revision " + next.revision() + " comes before the UPSERT";
  }
}
