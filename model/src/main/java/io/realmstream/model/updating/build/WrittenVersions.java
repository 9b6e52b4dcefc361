package io.realmstream.model.updating.build;

import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.WalkPhase;
import io.realmstream.model.updating.backlog.Task;
import io.realmstream.model.updating.publish.Encoders;
import io.realmstream.model.updating.publish.Publisher;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.vectors.ShardRetired;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The versions that one subtask writes: their encoders, and the walks that bring every shard's
 * documents up to them.
 */
public final class WrittenVersions {
  private final VersionWalks walks;
  private final WalkSlices slices;
  private final Encoders encoders;
  private final Publisher publisher;

  /** Takes up the walks that a restored state has. */
  public WrittenVersions(WalkSlices slices, Encoders encoders, Publisher publisher) {
    this.walks = slices.walks();
    this.slices = slices;
    this.encoders = encoders;
    this.publisher = publisher;
    for (Shard shard : walks.shards()) {
      walks.of(shard).forEach(this::resume);
    }
  }

  /**
   * A version in which a document is to be published next.
   *
   * @param before what of the document is published there
   * @param mayWait whether it is built behind the one that answers and its walk still goes on: it
   *     will not answer before all tasks that exist now are done
   */
  public record NextVersion(
      int version, Encoders.Opened encoder, @Nullable PublishedDocument before, boolean mayWait) {}

  /** Takes in a shard's new version table. */
  public void update(Shard shard) {
    if (!shard.versions().versions().isEmpty() && shard.takeNew()) {
      tellRetired(shard);
    }
    for (VersionEntry entry : shard.versions().indexes()) {
      if (walks.get(shard, entry.version()) == null) {
        begin(shard, entry.version(), WalkPhase.BUILD);
      }
    }
    for (VersionWalk walk : walks.of(shard)) {
      pauseOrResume(walk);
      if (!shard.versions().isIndexWritten(walk.version) && walk.phase != WalkPhase.RETIRE) {
        slices.cancel(walk);
        begin(shard, walk.version, WalkPhase.RETIRE);
        // behind it nothing is published in the version any more: see isWritten
        publisher.tell(shard, new ShardRetired(walk.version, shard.number()));
      } else {
        passByWhenFailing(walk);
      }
    }
    boolean isComplete =
        walks.of(shard).stream().anyMatch(walk -> walk.phase == WalkPhase.COMPLETE);
    if (isComplete) {
      walks.endUntaken(shard); // a version that was LATE may be gone
    }
  }

  /** A run whose state is lost may have ended before it said that these are retired. */
  private void tellRetired(Shard shard) {
    for (VersionEntry entry : shard.versions().versions()) {
      if (entry.builds() && !shard.versions().isIndexWritten(entry.version())) {
        publisher.tell(shard, new ShardRetired(entry.version(), shard.number()));
      }
    }
  }

  /** Starts the walks that waited for the encoder, or lets edits go on without the version. */
  public void encoderEnded(int version) {
    for (Shard shard : walks.shards()) {
      VersionWalk walk = walks.get(shard, version);
      if (walk != null) {
        pauseOrResume(walk);
        passByWhenFailing(walk);
      }
    }
  }

  /**
   * Edits do not wait for a complete version whose tower fails to open: they are published without
   * it, and its walk finds them when the tower has opened. So are those that wait already. If it is
   * the version that answers, another one can still be built and take its place.
   */
  private void passByWhenFailing(VersionWalk walk) {
    Shard shard = walk.shard;
    if (walk.phase == WalkPhase.COMPLETE && encoders.isFailing(walk.version)) {
      begin(shard, walk.version, WalkPhase.LATE);
      for (Iterator<Map.Entry<String, Long>> pending = shard.pending(); pending.hasNext(); ) {
        noteLacked(shard, pending.next().getValue());
      }
    }
  }

  /**
   * Whether a version takes a new edit now. If none does, a walk will find the edit: only a
   * complete shard has no walk to come. Notes the edit if a version lacks it then that should have
   * it.
   */
  public boolean takeEdit(Shard shard, long timestamp) {
    boolean isTaken =
        walks.of(shard).stream()
            .anyMatch(
                walk ->
                    walk.phase == WalkPhase.COMPLETE
                        || (walk.phase.builds() && encoders.get(walk.version) != null));
    if (!isTaken || walks.lags(shard)) {
      noteLacked(shard, timestamp);
    }
    return isTaken;
  }

  private static void noteLacked(Shard shard, long timestamp) {
    if (shard.untakenSince() == null || timestamp < shard.untakenSince()) {
      shard.untaken(timestamp);
    }
  }

  /** The earlier of the timestamp and that of any edit so noted. */
  public @Nullable Long earliest(@Nullable Long timestamp) {
    Long earliest = timestamp;
    for (Shard shard : walks.shards()) {
      Long untaken = shard.untakenSince();
      if (untaken != null && (earliest == null || untaken < earliest)) {
        earliest = untaken;
      }
    }
    return earliest;
  }

  /**
   * Only the walk rests while a version is PAUSED, or while accepted edits are being read: edits
   * reach every version that is written.
   */
  private void pauseOrResume(VersionWalk walk) {
    if (!walk.isUnderWay()) {
      return;
    }
    if (walk.shard.versions().isIndexPaused(walk.version) || !walk.shard.acceptedRead()) {
      slices.cancel(walk);
    } else if (encoders.get(walk.version) != null) {
      slices.start(walk);
    }
  }

  /**
   * Whether every complete version has its encoder open. That takes seconds after a restore, and
   * edits wait meanwhile. One that fails to open is LATE, so nothing waits for it.
   */
  public boolean isReady() {
    return encoders.areOpen()
        || walks.shards().stream()
            .flatMap(shard -> walks.of(shard).stream())
            .noneMatch(
                walk -> walk.phase == WalkPhase.COMPLETE && encoders.get(walk.version) == null);
  }

  /**
   * Where the wanted edit of a document is to be published next: in a version that lacks it or,
   * with none, in one in which the document is to be published once more; null = nowhere.
   */
  public @Nullable NextVersion next(Task task, WantedEdit wanted) {
    NextVersion lacking = lacking(task.shard(), task.id(), wanted);
    return lacking == null ? republished(task, wanted) : lacking;
  }

  /**
   * A version whose encoder is open and which lacks the wanted edit: the ACTIVE one before the
   * others, and last one that may wait; null = none.
   */
  private @Nullable NextVersion lacking(Shard shard, String id, WantedEdit wanted) {
    NextVersion first = null;
    for (VersionWalk walk : walks.of(shard)) {
      Encoders.Opened encoder = encoders.get(walk.version);
      if (walk.phase != WalkPhase.RETIRE && encoder != null) {
        PublishedDocument before = shard.published(id, walk.version);
        boolean lacks = before == null || !before.handled().equals(wanted.state());
        boolean mayWait = shard.isBehind(walk.version) && walk.isUnderWay();
        if (lacks && (first == null || first.mayWait() || shard.isActive(walk.version))) {
          first = new NextVersion(walk.version, encoder, before, mayWait);
        }
      }
    }
    return first;
  }

  /**
   * A version in which the document is to be published once more, as it is published there; null =
   * none. Where only an earlier revision is published, its manifest is published once more here.
   */
  private @Nullable NextVersion republished(Task task, WantedEdit wanted) {
    for (int version : List.copyOf(task.republishIn())) {
      Encoders.Opened encoder = encoders.get(version);
      PublishedDocument published = task.shard().published(task.id(), version);
      if (encoder != null && published != null && walks.isWritten(task.shard(), version)) {
        if (wanted.state().equals(published.published())) {
          return new NextVersion(version, encoder, published, false);
        }
        publisher.republishManifest(task.shard(), task.id(), version, published);
      }
      task.republishIn().remove(version);
    }
    return null;
  }

  /** Closes the encoders of versions that nobody writes any more, unless they are in use. */
  public void release(IntPredicate inUse) {
    for (int version : encoders.versions()) {
      if (!inUse.test(version)
          && walks.shards().stream().noneMatch(shard -> walks.isWritten(shard, version))) {
        encoders.drop(version);
      }
    }
  }

  private void begin(Shard shard, int version, WalkPhase phase) {
    resume(walks.begin(shard, version, phase));
  }

  private void resume(VersionWalk walk) {
    if (walk.phase == WalkPhase.RETIRE) {
      slices.start(walk);
      return;
    }
    VersionEntry entry = walk.shard.versions().get(walk.version);
    if (entry == null) {
      throw new IllegalStateException("version " + walk.version + " is not in the table");
    }
    encoders.want(walk.version, entry.checkpoint().documentTower());
    pauseOrResume(walk);
  }
}
