package io.realmstream.model.document;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import java.util.Comparator;
import java.util.Objects;

/**
 * The edit in force, as far as its place in the order of edits goes: revision, then DELETE over
 * UPSERT, then the larger hash. The order is total, so the greatest edit of a set is the same in
 * whatever order they arrive.
 *
 * @param content hash of all that an UPSERT says; zero for a DELETE, of which all are alike
 */
public record DocumentState(long revision, EditKind kind, Hash128 content)
    implements Comparable<DocumentState> {
  private static final Hash128 NOTHING = new Hash128(0, 0);

  /** Before every edit. */
  public static final DocumentState NONE =
      new DocumentState(Long.MIN_VALUE, EditKind.UPSERT, NOTHING);

  // EditKind declares UPSERT before DELETE, which is the order wanted
  private static final Comparator<DocumentState> ORDER =
      Comparator.comparingLong(DocumentState::revision)
          .thenComparing(DocumentState::kind)
          .thenComparing(DocumentState::content);

  /**
   * The place of an edit in the order.
   *
   * @param edit with its revision filled in
   * @throws NullPointerException when the revision is absent
   */
  public static DocumentState of(DocumentEdit edit) {
    long revision = Objects.requireNonNull(edit.revision(), "revision absent: " + edit.id());
    return new DocumentState(
        revision, edit.kind(), edit.kind() == EditKind.DELETE ? NOTHING : content(edit));
  }

  /** The place that was recorded when an edit was accepted. */
  public static DocumentState of(AcceptedEdit accepted) {
    return new DocumentState(accepted.revision(), accepted.edit().kind(), accepted.content());
  }

  /** The state that a tombstone stands for. */
  public static DocumentState deleted(long revision) {
    return new DocumentState(revision, EditKind.DELETE, NOTHING);
  }

  @Override
  public int compareTo(DocumentState other) {
    return ORDER.compare(this, other);
  }

  // The event time is part of it: else two edits that differ in nothing else would be duplicates
  // of each other, and the one that happened to come first would stay.
  private static Hash128 content(DocumentEdit edit) {
    return Hash128.ofTexts(
        edit.text(),
        edit.title(),
        Boolean.toString(edit.split()),
        Objects.toString(edit.eventTime(), ""));
  }
}
