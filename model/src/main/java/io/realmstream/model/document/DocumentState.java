package io.realmstream.model.document;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The edit in force, as far as its place in the order of edits goes. The order is total, so the
 * greatest edit of a set is the same in whatever order they arrive.
 *
 * <p>Edits of one revision that clients gave: DELETE over UPSERT, then the larger hash. An edit
 * without one has its time as revision, comes after those with that revision, and among its like in
 * the order of partition and offset. A PURGE has the place of a DELETE.
 *
 * @param tie orders edits of one revision: its highest bit is set in a place in the documents topic
 *     and clear in the hash of all that an UPSERT says; zero for a DELETE with a revision
 */
public record DocumentState(long revision, EditKind kind, Hash128 tie)
    implements Comparable<DocumentState> {
  private static final Hash128 NOTHING = new Hash128(0, 0);
  private static final long PLACED = Long.MIN_VALUE;

  /** Before every edit. */
  public static final DocumentState NONE =
      new DocumentState(Long.MIN_VALUE, EditKind.UPSERT, NOTHING);

  // EditKind declares UPSERT before DELETE, which is the order wanted
  private static final Comparator<DocumentState> GIVEN =
      Comparator.comparing(DocumentState::kind).thenComparing(DocumentState::tie);

  /**
   * The place of an edit whose revision a client gave.
   *
   * @param edit with its revision filled in
   * @throws NullPointerException when the revision is absent
   */
  public static DocumentState of(DocumentEdit edit) {
    long revision = Objects.requireNonNull(edit.revision(), "revision absent: " + edit.id());
    return edit.kind().deletes()
        ? deleted(revision)
        : new DocumentState(revision, EditKind.UPSERT, hash(edit));
  }

  /** The place that was recorded when an edit was accepted. */
  public static DocumentState of(AcceptedEdit accepted) {
    return new DocumentState(accepted.revision(), inOrder(accepted.edit().kind()), accepted.tie());
  }

  /**
   * The place of a client's edit.
   *
   * @throws IllegalArgumentException when neither the edit has a revision nor its record a time
   */
  public static DocumentState of(DocumentEdit edit, AcceptedEdit.Origin record) {
    if (edit.revision() != null) {
      return of(edit);
    }
    if (record.time() < 0) {
      throw new IllegalArgumentException(
          "revision: absent, and the record has no Kafka timestamp either");
    }
    return placed(record.time(), inOrder(edit.kind()), record.partition(), record.offset());
  }

  /**
   * The place of an edit that came without a revision.
   *
   * @param timeMs of its record; 0 or more
   * @param partition of the documents topic
   * @param offset in that partition
   */
  static DocumentState placed(long timeMs, EditKind kind, int partition, long offset) {
    return new DocumentState(timeMs, kind, new Hash128(PLACED | partition, offset));
  }

  /** The place of a DELETE whose revision a client gave. */
  public static DocumentState deleted(long revision) {
    return new DocumentState(revision, EditKind.DELETE, NOTHING);
  }

  /**
   * The same behind an edit that stands in front of it in its partition: producers' clocks may run
   * back, the topic does not.
   *
   * @param current the greatest edit so far; null = none
   */
  public DocumentState behind(@Nullable DocumentState current) {
    if (current == null || !isPlaced() || tie.high() != current.tie.high()) {
      return this;
    }
    return tie.low() >= current.tie.low() && current.revision > revision
        ? new DocumentState(current.revision, kind, tie)
        : this;
  }

  /** Whether the edit came without a revision. */
  public boolean isPlaced() {
    return tie.high() < 0;
  }

  @Override
  public int compareTo(DocumentState other) {
    if (revision != other.revision) {
      return Long.compare(revision, other.revision);
    }
    // as hashes have the highest bit clear, this puts each place behind them
    return isPlaced() || other.isPlaced() ? tie.compareTo(other.tie) : GIVEN.compare(this, other);
  }

  private static EditKind inOrder(EditKind kind) {
    return kind.deletes() ? EditKind.DELETE : kind;
  }

  // The event time is part of it: else two edits that differ in nothing else would be duplicates
  // of each other, and the one that happened to come first would stay.
  private static Hash128 hash(DocumentEdit edit) {
    List<String> parts =
        new ArrayList<>(
            List.of(
                edit.text(),
                edit.title(),
                Boolean.toString(edit.split()),
                Objects.toString(edit.eventTime(), "")));
    addGiven(parts, "link", edit.provenance().link());
    addGiven(parts, "license", edit.provenance().license());
    addGiven(parts, "source", edit.provenance().source());
    Hash128 whole = Hash128.ofTexts(parts.toArray(String[]::new));
    return new Hash128(whole.high() & ~PLACED, whole.low());
  }

  private static void addGiven(List<String> parts, String name, @Nullable Object value) {
    if (value != null) {
      parts.add(name + " " + value);
    }
  }
}
