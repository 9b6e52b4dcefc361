package io.realmstream.model.updating.build;

import io.realmstream.model.document.DocumentInVersion;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.state.Walk;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.WalkPhase;
import io.realmstream.model.updating.backlog.WorkQueue;
import io.realmstream.model.updating.publish.Publisher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The walks of one subtask, a slice at a time: documents that lack a version are queued as
 * rebuilds, a retired version's are forgotten. A walk may pause while its shard changes: a document
 * that changes behind its position has an edit, which is queued as one.
 */
public final class WalkSlices {
  /** Documents looked at before other work has its turn. */
  private static final int SLICE = 256;

  private final VersionWalks walks;
  private final WorkQueue queue;
  private final Publisher publisher;
  private final Deque<VersionWalk> waiting = new ArrayDeque<>();

  public WalkSlices(VersionWalks walks, WorkQueue queue, Publisher publisher) {
    this.walks = walks;
    this.queue = queue;
    this.publisher = publisher;
  }

  void start(VersionWalk walk) {
    if (!waiting.contains(walk)) {
      waiting.add(walk);
    }
  }

  boolean isUnderWay(VersionWalk walk) {
    return waiting.contains(walk);
  }

  void cancel(VersionWalk walk) {
    waiting.remove(walk);
  }

  public boolean isIdle() {
    return waiting.isEmpty();
  }

  VersionWalks walks() {
    return walks;
  }

  /**
   * Whether a walk has seen every document, no task is left that there was then, and it may end.
   */
  boolean isDone(VersionWalk walk) {
    Long last = walk.lastSequence;
    return walk.phase.builds()
        && last != null
        && queue.isDoneUpTo(walk.shard, last)
        && !walks.isHeld(walk);
  }

  /**
   * Takes a slice of the first walks.
   *
   * @return the shard of each walk that has ended
   */
  public List<Shard> advance() {
    List<Shard> ended = new ArrayList<>();
    int seen = 0;
    while (seen < SLICE && !waiting.isEmpty() && queue.mayRebuild()) {
      VersionWalk walk = waiting.getFirst();
      boolean more = next(walk);
      if (!more) {
        waiting.removeFirst();
        ended.add(walk.shard);
      }
      seen++;
    }
    return ended;
  }

  /** Whether a walk can go on now. Perhaps no rebuild is left whose end would lead to it. */
  public boolean hasMore() {
    return !waiting.isEmpty() && queue.mayRebuild();
  }

  private boolean next(VersionWalk walk) {
    if (walk.phase == WalkPhase.RETIRE) {
      return forgetNext(walk);
    }
    SelfCheck check = walk.check;
    return check == null ? queueNext(walk) : lookAtNext(walk, check);
  }

  private boolean queueNext(VersionWalk walk) {
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
    PublishedDocument published = walk.shard.published(id, walk.version);
    if (published == null || !published.handled().equals(walk.shard.current(id))) {
      queue.rebuild(walk.shard, id);
    }
    return true;
  }

  /**
   * Publishes the deletions that are remembered in a version that begins. A run whose state is lost
   * may have published such a document there. In this run its deletion may have come before the
   * version: then neither a walk nor an edit would remove it.
   */
  private void tellNextDeletion(VersionWalk walk) {
    Walk<String> deletions = walk.deletions;
    if (deletions == null) {
      deletions = walk.shard.deletions();
      walk.deletions = deletions;
    }
    String id = deletions.next();
    DocumentState deleted = id == null ? null : walk.shard.tombstone(id);
    if (id == null) {
      walk.toldDeletions = true;
      walk.deletions = null;
    } else if (deleted != null) {
      publisher.deleteAgain(walk.shard, walk.version, id, deleted);
    }
  }

  private boolean lookAtNext(VersionWalk walk, SelfCheck check) {
    String id = nextDocument(walk);
    WantedEdit wanted = id == null ? null : walk.shard.wanted(id);
    if (id == null || wanted == null) {
      return false;
    }
    if (!queue.contains(walk.shard, id)) {
      check.look(id, wanted, walk.shard.published(id, walk.version));
    }
    return true;
  }

  /** The next of the shard's live documents; null behind the last. */
  private @Nullable String nextDocument(VersionWalk walk) {
    Walk<String> documents = walk.documents;
    if (documents == null) {
      documents = walk.shard.documents();
      walk.documents = documents;
    }
    String id = documents.next();
    if (id == null) {
      walk.documents = null;
    }
    return id;
  }

  private boolean forgetNext(VersionWalk walk) {
    Walk<DocumentInVersion> published = walk.published;
    if (published == null) {
      published = walk.shard.allPublished();
      walk.published = published;
    }
    DocumentInVersion document = published.next();
    if (document == null) {
      walks.forget(walk);
      return false;
    }
    if (document.version() == walk.version) {
      if (walk.shard.trunks().areToGo(walk.shard.versions(), walk.version)) {
        PublishedDocument passages = walk.shard.published(document.id(), walk.version);
        walk.shard.trunks().forget(walk.shard.versions(), walk.version, passages);
      }
      walk.shard.unpublish(document);
    }
    return true;
  }
}
