package io.realmstream.schemas.document;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.Limits;
import org.jspecify.annotations.Nullable;

/**
 * An edit that the updater has accepted, with its final place in the order of its document's edits.
 *
 * @param edit revision filled in; of a deletion only id and revision count
 * @param tie what orders edits of one revision
 * @param origin the client's record; null = no longer known
 */
public record AcceptedEdit(DocumentEdit edit, Hash128 tie, @Nullable Origin origin) {

  /**
   * A place in the documents topic.
   *
   * @param time Kafka timestamp in ms; -1 = the record has none
   */
  public record Origin(long time, int partition, long offset) {
    /** Refuses what no record has. */
    public Origin {
      Limits.checkAtLeast("time", time, -1);
      Limits.checkAtLeast("partition", partition, 0);
      Limits.checkAtLeast("offset", offset, 0);
    }
  }

  /** Refuses an edit without a revision. */
  public AcceptedEdit {
    if (edit.revision() == null) {
      throw new IllegalArgumentException("revision: absent");
    }
  }

  /** The edit's revision. */
  public long revision() {
    Long revision = edit.revision();
    if (revision == null) {
      throw new IllegalStateException("the constructor has seen one");
    }
    return revision;
  }
}
