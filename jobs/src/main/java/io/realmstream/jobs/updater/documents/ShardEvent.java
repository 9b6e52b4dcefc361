package io.realmstream.jobs.updater.documents;

import io.realmstream.model.version.VersionTable;
import org.jspecify.annotations.Nullable;

/**
 * What reaches a document shard beside its edits: the version table, after each change and at each
 * start; or, without a table, the request to publish the shard once more.
 *
 * @param run of a table: grows with each start of the job; what heartbeats carry
 */
public record ShardEvent(int shard, long run, @Nullable VersionTable table) {

  /** A request to publish a shard once more. */
  public static ShardEvent republish(int shard) {
    return new ShardEvent(shard, 0, null);
  }
}
