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
    DocumentEdit numbered =
        new DocumentEdit(
            edit.id(),
            revision,
            edit.kind(),
            edit.title(),
            edit.text(),
            edit.split(),
            edit.eventTime());
    return new ReceivedEdit(numbered, shard, partition, offset, timestamp, readAt);
  }

  /** The edit's revision. */
  public long revision() {
    Long revision = edit.revision();
    return revision == null ? timestamp : revision;
  }
}
