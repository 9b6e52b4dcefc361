package io.realmstream.jobs.updater;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The walks of one subtask, a slice at a time: documents that lack a version are queued as
 * rebuilds, a retired version's are forgotten. RocksDB's map iterators seek on by themselves, so a
 * walk may rest while its shard changes; what comes behind its back is an edit and queued as one.
 */
final class Walks {
  /** Documents looked at before other work has its turn. */
  private static final int SLICE = 256;

  /** Rebuilds that may wait; the walk rests while there are so many. */
  private static final int REBUILDS_WAITING_MAX = 64;

  private final DocumentStates states;
  private final WorkQueue queue;
  private final Consumer<Integer> key;
  private final Deque<Walk> walks = new ArrayDeque<>();
  private final List<Shard> exhausted = new ArrayList<>();
  private boolean posted;

  Walks(DocumentStates states, WorkQueue queue, Consumer<Integer> key) {
    this.states = states;
    this.queue = queue;
    this.key = key;
  }

  void start(Walk walk) {
    if (!walks.contains(walk)) {
      walks.add(walk);
    }
  }

  void cancel(Walk walk) {
    walks.remove(walk);
  }

  boolean isIdle() {
    return walks.isEmpty();
  }

  /**
   * Takes a slice of the first walk.
   *
   * @return whether the caller is to post a call of {@link #advance} to itself: there is more to
   *     walk, and no rebuild whose end would lead here again
   */
  boolean advance() throws Exception {
    int seen = 0;
    while (seen < SLICE && !walks.isEmpty() && queue.rebuildsWaiting() < REBUILDS_WAITING_MAX) {
      Walk walk = walks.getFirst();
      key.accept(walk.shard.key);
      boolean more = walk.phase == Walk.Phase.RETIRE ? forgetNext(walk) : queueNext(walk);
      if (!more) {
        walks.removeFirst();
      }
      seen++;
    }
    boolean post = !posted && !walks.isEmpty() && seen == SLICE;
    posted = posted || post;
    return post;
  }

  /** The posted call has come. */
  void mayPostAgain() {
    posted = false;
  }

  /** Shards whose walk has seen every document since the last call. */
  List<Shard> takeExhausted() {
    List<Shard> shards = List.copyOf(exhausted);
    exhausted.clear();
    return shards;
  }

  private boolean queueNext(Walk walk) throws Exception {
    Iterator<Map.Entry<String, WantedEdit>> documents = walk.documents;
    if (documents == null) {
      documents = states.documents();
      walk.documents = documents;
    }
    if (!documents.hasNext()) {
      walk.documents = null;
      walk.lastSequence = queue.lastSequence();
      exhausted.add(walk.shard);
      return false;
    }
    Map.Entry<String, WantedEdit> document = documents.next();
    PublishedDocument published = states.published(document.getKey(), walk.version);
    if (published == null || !published.handled().equals(document.getValue().state())) {
      queue.rebuild(walk.shard, document.getKey());
    }
    return true;
  }

  private boolean forgetNext(Walk walk) throws Exception {
    Iterator<DocumentInVersion> published = walk.published;
    if (published == null) {
      published = states.allPublished();
      walk.published = published;
    }
    if (!published.hasNext()) {
      states.forget(walk);
      return false;
    }
    DocumentInVersion document = published.next();
    if (document.version() == walk.version) {
      if (!states.trunks().isShared(walk.shard, walk.version)) {
        PublishedDocument passages = states.published(document.id(), walk.version);
        states.trunks().forget(walk.shard, walk.version, passages);
      }
      states.unpublish(document);
    }
    return true;
  }
}
