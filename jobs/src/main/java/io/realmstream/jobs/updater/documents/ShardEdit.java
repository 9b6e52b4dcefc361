package io.realmstream.jobs.updater.documents;

import io.realmstream.model.document.DocumentState;
import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.model.freshness.ReadThrough;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What comes to a document shard: an edit, how far a reader of the documents topic has come with
 * those in front, or, with neither, the end of what was accepted before a start without state.
 *
 * @param place of the edit in the order of its document's edits
 * @param recorded whether it is from the topic of accepted edits
 */
public record ShardEdit(
    int shard,
    @Nullable ReceivedEdit edit,
    @Nullable DocumentState place,
    boolean recorded,
    @Nullable ReadThrough through) {

  /** A client's edit. */
  public static ShardEdit of(ReceivedEdit received, DocumentState order) {
    return new ShardEdit(received.shard(), received, order, false, null);
  }

  /** An edit of the topic of accepted edits. */
  public static ShardEdit recorded(ReceivedEdit received, DocumentState order) {
    return new ShardEdit(received.shard(), received, order, true, null);
  }

  public static ShardEdit through(int shard, ReadThrough through) {
    return new ShardEdit(shard, null, null, false, through);
  }

  /** The shard has had every edit that was accepted before the start. */
  public static ShardEdit end(int shard) {
    return new ShardEdit(shard, null, null, true, null);
  }

  /** Whether it says that there is no accepted edit any more. */
  public boolean isEnd() {
    return edit == null && through == null;
  }

  /** The edit of one that has one. */
  public ReceivedEdit received() {
    return Objects.requireNonNull(edit, "no edit");
  }

  /** The place of its edit. */
  public DocumentState order() {
    return Objects.requireNonNull(place, "no edit");
  }
}
