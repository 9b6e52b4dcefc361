package io.realmstream.model.document;

import io.realmstream.schemas.document.DocumentEdit;
import java.time.Instant;

/**
 * An edit as it travels to its document, revision filled in.
 *
 * @param shard document shard
 * @param partition of the documents topic, for dead letters
 * @param offset in that partition
 * @param timestamp Kafka timestamp in ms
 */
public record ReceivedEdit(
    DocumentEdit edit, int shard, int partition, long offset, long timestamp, Instant readAt) {

  /** The same with another revision. */
  public ReceivedEdit withRevision(long revision) {
    if (Long.valueOf(revision).equals(edit.revision())) {
      return this;
    }
    return new ReceivedEdit(
        edit.withRevision(revision), shard, partition, offset, timestamp, readAt);
  }

  /** The edit's revision. */
  public long revision() {
    Long revision = edit.revision();
    return revision == null ? timestamp : revision;
  }
}
