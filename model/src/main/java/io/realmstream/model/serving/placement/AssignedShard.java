package io.realmstream.model.serving.placement;

import io.realmstream.model.document.DocumentState;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.serving.EndedVersions;
import io.realmstream.model.serving.Manifest;
import io.realmstream.model.serving.RepublishedShard;
import io.realmstream.model.serving.RetiredVersions;
import io.realmstream.model.serving.Versioned;
import io.realmstream.model.serving.VersionedDocument;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.state.Table;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardRound;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The passages of document shards on their way to cells: inserts go to their cells at once, deletes
 * a while after the revision that lacks them has become answerable. A passage that comes back in
 * the meantime stays.
 *
 * <p>State, by shard: one entry a live document and version ({@code documents}); one entry a
 * deleted document for the tombstone's time to live ({@code tombstones}); the state of {@link
 * PendingDeletes}, {@link PlacedPassages}, of {@link PassageCounts}, {@link EndedVersions}, {@link
 * RetiredVersions} and {@link RepublishedShard}.
 */
public final class AssignedShard {
  private final PlacedPassages passages;
  private final EndedVersions ended;
  private final RetiredVersions retired;
  private final RepublishedShard republished;
  private final Table<VersionedDocument, AssignedDocument> documents;
  private final Table<VersionedDocument, DocumentState> tombstones;
  private final PendingDeletes pendingDeletes;
  private final Set<Integer> told = new HashSet<>();

  /** What it has in tables of its own; see the class comment. */
  public record Tables(
      Table<VersionedDocument, AssignedDocument> documents,
      Table<VersionedDocument, DocumentState> tombstones,
      Table<VersionedPassage, PendingDelete> pendingDeletes) {
    /** Where documents are held. */
    public List<Table<VersionedDocument, ?>> held() {
      return List.of(documents);
    }

    /** What is to be forgotten by version. */
    public List<Table<? extends Versioned, ?>> all() {
      return List.of(documents, tombstones, pendingDeletes);
    }
  }

  /** What becomes of versions and of republications. */
  public record Ends(EndedVersions ended, RetiredVersions retired, RepublishedShard republished) {}

  /**
   * @param deleteDelayMs how long a passage stays in its cell once answers see that it was removed
   */
  public AssignedShard(Tables tables, PlacedPassages passages, Ends ends, long deleteDelayMs) {
    documents = tables.documents();
    tombstones = tables.tombstones();
    pendingDeletes = new PendingDeletes(tables.pendingDeletes(), deleteDelayMs);
    this.passages = passages;
    ended = ends.ended();
    retired = ends.retired();
    republished = ends.republished();
  }

  /**
   * What became of a record.
   *
   * @param inserted passages that were sent to their cells
   * @param repeated whether all of it was known
   */
  public record Accepted(int inserted, boolean repeated) {}

  /**
   * Takes in a document, or a part of it.
   *
   * @param again whether it may say what is known
   */
  public Accepted accept(PassageVectors record, boolean again) {
    VersionedDocument document = new VersionedDocument(record.version(), record.document());
    republished.name(document);
    AssignedDocument known = known(document);
    DocumentState state = Manifest.of(record).state();
    if (state.compareTo(known.newest()) < 0 || ended.contains(record.shard(), record.version())) {
      // repeated by a restarted updater; a newer edit is routed already
      return new Accepted(0, true);
    }
    // of another state the cells' word may have been forgotten: it is to be said once more
    boolean isKnown = again && state.equals(known.newest());
    Set<Hash128> uids = new LinkedHashSet<>(known.uids());
    int inserted = 0;
    for (PassageInsert insert : record.inserts()) {
      pendingDeletes.keep(new VersionedPassage(record.version(), insert.uid()));
      uids.add(insert.uid());
      if (!isKnown || !passages.has(record, insert)) {
        passages.insert(record, insert);
        inserted++;
      }
    }
    List<Hash128> live = record.manifest().stream().map(ManifestEntry::uid).toList();
    // one that names a passage which never came is not what answers will see: see HeldTexts.lacks
    if (!record.part().commits() || !uids.containsAll(live)) {
      documents.put(document, new AssignedDocument(known.newest(), new ArrayList<>(uids)));
      return new Accepted(inserted, false);
    }
    uids.removeAll(new HashSet<>(live));
    remember(document, record, live);
    deleteLater(new Removal(record.shard(), document, record.revision().number()), uids);
    return new Accepted(inserted, false);
  }

  /** A record was lost; {@link #walk} is to be called until it says no. */
  public void lose(int number) {
    republished.lose(number);
  }

  /** One of the two ends of a republication; {@link #walk} is to be called until it says no. */
  public void round(ShardRound round) {
    var unused = republished.take(round);
  }

  /** Takes in a heartbeat of this run of the job. */
  public void hear(int number, BeatPosition beat) {
    pendingDeletes.hear(number, beat);
  }

  /**
   * Takes in the word that every revision that came before a heartbeat is the one that answers see,
   * or a later one is.
   *
   * @return when {@link #deleteDue} is to be called, in epoch ms; the past = never
   */
  public long settle(int number, BeatPosition settled, long nowMs) {
    return pendingDeletes.settle(number, settled, nowMs);
  }

  /** Deletes later the passages of a document that is gone, and nobody knows since when. */
  private void remove(int number, VersionedDocument document) {
    if (ended.contains(number, document.version())) {
      return; // it goes with its version
    }
    AssignedDocument known = known(document);
    documents.remove(document);
    long revision = Math.max(known.newest().revision(), 0);
    Set<Hash128> uids = new LinkedHashSet<>(known.uids());
    deleteLater(new Removal(number, document, revision), uids);
  }

  /**
   * Deletes what the shard of that number has due at {@code timestamp}, in epoch ms.
   *
   * @return how many passages
   */
  public int deleteDue(int number, long timestamp) {
    int deleted = 0;
    for (var entry : pendingDeletes.takeDue(number, timestamp).entrySet()) {
      if (!ended.contains(number, entry.getKey().version())) {
        passages.delete(entry.getKey(), entry.getValue().revision(), number);
        deleted++;
      }
    }
    return deleted;
  }

  /**
   * What a slice of the shard's walks came to.
   *
   * @param more whether there is more to walk
   * @param placed passages that came into a new partition
   */
  public record Walked(boolean more, int placed) {}

  /** Takes a slice of the shard's walks. */
  public Walked walk(int number) {
    if (told.add(number)) {
      passages.counts().tellAgain(number);
    }
    PlacedPassages.Walked placed = passages.walk(number);
    boolean more = placed.more();
    more |= retired.forgetSome(number);
    more |= republished.sweepSome(number, document -> remove(number, document));
    return new Walked(more, placed.placed());
  }

  /** Less is awaited than before: {@link #walk} is to be called until it says no. */
  public void lookAgain() {
    passages.lookAgain();
  }

  /**
   * Takes in which versions had their time: the cells of those that are news are told, and {@link
   * #walk} is to be called until it says no.
   */
  public void retire(int number, EndedIndexes more) {
    EndedIndexes before = ended.of(number);
    List<Integer> over = retired.add(number, more);
    EndedIndexes after = ended.of(number);
    if (!after.equals(before)) {
      passages.tell(CellUpdate.retire(after, number));
    }
    for (int version : over) {
      passages.retire(number, version);
    }
  }

  /** Tells the cell shard of the same number that a partition has had its time. */
  public void drop(int number, PartitionId id, int cells) {
    passages.forget(id);
    passages.tell(CellUpdate.drop(id, number, cells));
  }

  private AssignedDocument known(VersionedDocument document) {
    AssignedDocument known = documents.get(document);
    if (known != null) {
      return known;
    }
    DocumentState deleted = tombstones.get(document);
    return deleted == null ? AssignedDocument.NONE : new AssignedDocument(deleted, List.of());
  }

  private void remember(VersionedDocument document, PassageVectors record, List<Hash128> live) {
    if (record.revision().outcome() == Outcome.DELETED) {
      documents.remove(document);
      tombstones.put(document, Manifest.of(record).state());
    } else {
      documents.put(
          document, new AssignedDocument(Manifest.of(record).state(), new ArrayList<>(live)));
      tombstones.remove(document);
    }
  }

  /** Why passages leave: a document's revision lacks them, in the shard of that number. */
  private record Removal(int number, VersionedDocument document, long revision) {}

  private void deleteLater(Removal removal, Set<Hash128> uids) {
    VersionedDocument document = removal.document();
    for (Hash128 uid : uids) {
      VersionedPassage passage = new VersionedPassage(document.version(), uid);
      pendingDeletes.add(removal.number(), passage, removal.revision(), document.document());
      passages.announceDelete(passage, removal.revision(), removal.number());
    }
  }
}
