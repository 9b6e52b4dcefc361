package io.realmstream.jobs.updater;

import io.realmstream.model.freshness.ReadThrough;
import org.jspecify.annotations.Nullable;

/**
 * What comes to a document shard from the documents topic, exactly one of the two: an edit, or how
 * far a reader has come with those in front.
 */
public record ShardEdit(int shard, @Nullable ReceivedEdit edit, @Nullable ReadThrough through) {
  static ShardEdit of(ReceivedEdit edit) {
    return new ShardEdit(edit.shard(), edit, null);
  }
}
