package io.realmstream.jobs.retriever;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.Comparator;

/**
 * The place of a document's edit in their order, as the updater has it: by number; of one number a
 * DELETE wins over UPSERTs, and of these the larger hash. So an edit that a restarted updater
 * publishes once more, behind one that has won over it, is not taken for news.
 *
 * @param edit hash of all that the edit says
 */
public record Revision(long number, boolean isDelete, Hash128 edit)
    implements Comparable<Revision> {
  /** Before the first. */
  static final Revision NONE = new Revision(Long.MIN_VALUE, false, PassageVectors.NO_EDIT);

  private static final Comparator<Revision> ORDER =
      Comparator.comparingLong(Revision::number)
          .thenComparing(Revision::isDelete)
          .thenComparing(Revision::edit);

  static Revision of(PassageVectors record) {
    return record.outcome() == Outcome.DELETED
        ? deleted(record.revision())
        : new Revision(record.revision(), false, record.edit());
  }

  static Revision deleted(long number) {
    return new Revision(number, true, PassageVectors.NO_EDIT);
  }

  @Override
  public int compareTo(Revision other) {
    return ORDER.compare(this, other);
  }
}
