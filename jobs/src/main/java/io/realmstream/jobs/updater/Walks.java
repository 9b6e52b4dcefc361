package io.realmstream.jobs.updater;

import io.realmstream.model.document.DocumentState;
import io.realmstream.model.state.Walk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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

  private final DocumentStates states;
  private final WorkQueue queue;
  private final Consumer<Integer> key;
  private final Publisher publisher;
  private final Deque<VersionWalk> walks = new ArrayDeque<>();
  private final List<Shard> exhausted = new ArrayList<>();

  Walks(Embedding.Context context, WorkQueue queue) {
    this.states = context.states();
    this.publisher = context.publisher();
    this.queue = queue;
    this.key = context.key();
  }

  void start(VersionWalk walk) {
    if (!walks.contains(walk)) {
      walks.add(walk);
    }
  }

  boolean isUnderWay(VersionWalk walk) {
    return walks.contains(walk);
  }

  void cancel(VersionWalk walk) {
    walks.remove(walk);
  }

  boolean isIdle() {
    return walks.isEmpty();
  }

  /** Takes a slice of the first walks. */
  void advance() throws Exception {
    int seen = 0;
    while (seen < SLICE && !walks.isEmpty() && queue.mayRebuild()) {
      VersionWalk walk = walks.getFirst();
      key.accept(walk.shard.key);
      boolean more = next(walk);
      if (!more) {
        walks.removeFirst();
      }
      seen++;
    }
  }

  /** Whether there is more to walk, and perhaps no rebuild whose end would lead there again. */
  boolean hasMore() {
    return !walks.isEmpty() && queue.mayRebuild();
  }

  /** Shards whose walk has seen every document since the last call. */
  List<Shard> takeExhausted() {
    List<Shard> shards = List.copyOf(exhausted);
    exhausted.clear();
    return shards;
  }

  private boolean next(VersionWalk walk) throws Exception {
    if (walk.phase == VersionWalk.Phase.RETIRE) {
      return forgetNext(walk);
    }
    SelfCheck check = walk.check;
    return check == null ? queueNext(walk) : lookAtNext(walk, check);
  }

  private boolean queueNext(VersionWalk walk) throws Exception {
    if (!walk.toldDeletions) {
      tellNextDeletion(walk);
      return true;
    }
    String id = nextDocument(walk);
    if (id == null) {
      walk.lastSequence = queue.lastSequence();
      return false;
    }
    walk.seen++;
    PublishedDocument published = states.published(id, walk.version);
    if (published == null || !published.handled().equals(states.current(id))) {
      queue.rebuild(walk.shard, id);
    }
    return true;
  }

  /**
   * Says of a version that begins which documents are gone. A run whose state is lost may have
   * published one of them there, and the edit that deletes it may have come, this time, before the
   * log told of the version: no walk and no edit would ever take it away.
   */
  private void tellNextDeletion(VersionWalk walk) throws Exception {
    Walk<String> deletions = walk.deletions;
    if (deletions == null) {
      deletions = states.deletions();
      walk.deletions = deletions;
    }
    String id = deletions.next();
    DocumentState deleted = id == null ? null : states.tombstone(id);
    if (id == null) {
      walk.toldDeletions = true;
      walk.deletions = null;
    } else if (deleted != null) {
      publisher.deleteAgain(walk.shard, walk.version, id, deleted);
    }
  }

  private boolean lookAtNext(VersionWalk walk, SelfCheck check) throws Exception {
    String id = nextDocument(walk);
    WantedEdit wanted = id == null ? null : states.wanted(id);
    if (id == null || wanted == null) {
      return false;
    }
    check.look(id, wanted, states.published(id, walk.version));
    return true;
  }

  /** The next of the shard's live documents; null behind the last. */
  private @Nullable String nextDocument(VersionWalk walk) {
    Walk<String> documents = walk.documents;
    if (documents == null) {
      documents = states.documents();
      walk.documents = documents;
    }
    String id = documents.next();
    if (id == null) {
      walk.documents = null;
      exhausted.add(walk.shard);
    }
    return id;
  }

  private boolean forgetNext(VersionWalk walk) throws Exception {
    Walk<DocumentInVersion> published = walk.published;
    if (published == null) {
      published = states.allPublished();
      walk.published = published;
    }
    DocumentInVersion document = published.next();
    if (document == null) {
      states.forget(walk);
      return false;
    }
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
