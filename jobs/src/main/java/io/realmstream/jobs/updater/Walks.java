package io.realmstream.jobs.updater;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The walks of one subtask, a slice at a time: documents that lack a version are queued as
 * rebuilds, a retired version's are forgotten. A walk may rest while its shard changes; what comes
 * behind its back is an edit and queued as one.
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

  boolean isUnderWay(Walk walk) {
    return walks.contains(walk);
  }

  void cancel(Walk walk) {
    walks.remove(walk);
  }

  boolean isIdle() {
    return walks.isEmpty();
  }

  /** Takes a slice of the first walks. */
  void advance() throws Exception {
    int seen = 0;
    while (seen < SLICE && !walks.isEmpty() && queue.rebuildsWaiting() < REBUILDS_WAITING_MAX) {
      Walk walk = walks.getFirst();
      key.accept(walk.shard.key);
      boolean more = next(walk);
      if (!more) {
        walks.removeFirst();
      }
      seen++;
    }
  }

  /**
   * Whether the caller is to post a call of {@link #advance} to itself: there is more to walk, and
   * perhaps no rebuild whose end would lead there again.
   */
  boolean takePost() {
    boolean post = !posted && !walks.isEmpty() && queue.rebuildsWaiting() < REBUILDS_WAITING_MAX;
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

  private boolean next(Walk walk) throws Exception {
    if (walk.phase == Walk.Phase.RETIRE) {
      return forgetNext(walk);
    }
    SelfCheck check = walk.check;
    return check == null ? queueNext(walk) : lookAtNext(walk, check);
  }

  private boolean queueNext(Walk walk) throws Exception {
    Map.Entry<String, WantedEdit> document = nextDocument(walk);
    if (document == null) {
      walk.lastSequence = queue.lastSequence();
      return false;
    }
    walk.seen++;
    PublishedDocument published = states.published(document.getKey(), walk.version);
    if (published == null || !published.handled().equals(document.getValue().state())) {
      queue.rebuild(walk.shard, document.getKey());
    }
    return true;
  }

  private boolean lookAtNext(Walk walk, SelfCheck check) throws Exception {
    Map.Entry<String, WantedEdit> document = nextDocument(walk);
    if (document == null) {
      return false;
    }
    String id = document.getKey();
    WantedEdit wanted = states.wanted(id); // the iterator may have read it long ago
    if (wanted != null) {
      check.look(id, wanted, states.published(id, walk.version));
    }
    return true;
  }

  /** The next of the shard's live documents; null behind the last. */
  private Map.@Nullable Entry<String, WantedEdit> nextDocument(Walk walk) throws Exception {
    Iterator<Map.Entry<String, WantedEdit>> documents = walk.documents;
    if (documents == null) {
      documents = states.documents();
      walk.documents = documents;
    }
    if (documents.hasNext()) {
      return documents.next();
    }
    walk.documents = null;
    exhausted.add(walk.shard);
    return null;
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
      if (states.trunks().areToGo(walk.shard, walk.version)) {
        PublishedDocument passages = states.published(document.id(), walk.version);
        states.trunks().forget(walk.shard, walk.version, passages);
      }
      states.unpublish(document);
    }
    return true;
  }
}
