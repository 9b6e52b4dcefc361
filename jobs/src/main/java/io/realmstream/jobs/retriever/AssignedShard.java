package io.realmstream.jobs.retriever;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.StateTable;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.table.PartitionTable;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardRound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * What {@code assign} knows of the document shard whose key is current: inserts go to their cells
 * at once, deletes a while later, when the revision that lacks them has long become answerable. A
 * passage that comes back in the meantime stays.
 *
 * <p>State, by shard: one entry a live document and version ({@code documents}); one entry a
 * deleted document for the tombstone's time to live ({@code tombstones}); one entry a passage
 * between its removal and its delete ({@code doomed}); the state of {@link PlacedPassages}, of
 * {@link PassageCounts}, {@link EndedVersions}, {@link RetiredVersions} and {@link
 * RepublishedShard}.
 */
final class AssignedShard {
  private final long deleteDelayMs;
  private final PlacedPassages passages;
  private final EndedVersions ended;
  private final RetiredVersions retired;
  private final RepublishedShard republished;
  private final Output<StreamRecord<CellUpdate>> output;
  private final MapState<VersionedDocument, AssignedDocument> documents;
  private final MapState<VersionedDocument, DocumentState> tombstones;
  private final MapState<VersionedPassage, Doom> doomed;
  private final Counter inserts;
  private final Counter deletes;
  private final Counter repeats;
  private final Set<Integer> told = new HashSet<>();
  private long sweptDueMs;

  AssignedShard(
      RuntimeContext context,
      AssignSettings settings,
      PartitionTable partitions,
      Output<StreamRecord<CellUpdate>> output) {
    this.deleteDelayMs = settings.deleteDelay().toMillis();
    this.output = output;
    OperatorMetrics metrics = new OperatorMetrics(context.getMetricGroup());
    inserts = metrics.counter("inserts");
    deletes = metrics.counter("deletes");
    repeats = metrics.counter("repeatsIgnored");
    passages = new PlacedPassages(context, settings, partitions, output);
    documents =
        context.getMapState(
            new MapStateDescriptor<>("documents", VersionedDocument.class, AssignedDocument.class));
    tombstones = context.getMapState(tombstones(settings.tombstoneTtl()));
    doomed =
        context.getMapState(new MapStateDescriptor<>("doomed", VersionedPassage.class, Doom.class));
    ended = new EndedVersions(context);
    retired =
        new RetiredVersions(
            context,
            ended,
            List.of(documents, tombstones, doomed, passages.state(), passages.waiting()));
    republished = new RepublishedShard(context, List.of(new StateTable<>(documents)));
  }

  /** Last edits of deleted documents, each forgotten after {@code ttl}. */
  static MapStateDescriptor<VersionedDocument, DocumentState> tombstones(Duration ttl) {
    MapStateDescriptor<VersionedDocument, DocumentState> descriptor =
        new MapStateDescriptor<>("tombstones", VersionedDocument.class, DocumentState.class);
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(ttl).build());
    return descriptor;
  }

  /**
   * Takes in a document, or a part of it.
   *
   * @param again whether it may say what is known
   * @return when {@link #deleteDoomed} is to be called for what it removed, in epoch ms; {@code
   *     now} when it removed nothing
   */
  long accept(PassageVectors record, boolean again, long now) throws Exception {
    VersionedDocument document = new VersionedDocument(record.version(), record.document());
    republished.name(document);
    AssignedDocument known = known(document);
    if (Manifest.of(record).state().compareTo(known.newest()) < 0
        || ended.contains(record.shard(), record.version())) {
      repeats.inc();
      return now; // repeated by a restarted updater; a newer edit is routed already
    }
    Set<Hash128> uids = new LinkedHashSet<>(known.uids());
    for (PassageInsert insert : record.inserts()) {
      doomed.remove(new VersionedPassage(record.version(), insert.uid()));
      uids.add(insert.uid());
      if (!again || !passages.has(record, insert)) {
        passages.insert(record, insert);
        inserts.inc();
      }
    }
    if (!record.part().commits()) {
      documents.put(document, new AssignedDocument(known.newest(), new ArrayList<>(uids)));
      return now;
    }
    List<Hash128> live = record.manifest().stream().map(ManifestEntry::uid).toList();
    uids.removeAll(new HashSet<>(live));
    remember(document, record, live);
    return doom(new Removal(record.shard(), document, record.revision().number()), uids, now);
  }

  /** A record was lost; {@link #walk} is to be called until it says no. */
  void lose(int number) {
    republished.lose(number);
  }

  /** One of the two ends of a republication; {@link #walk} is to be called until it says no. */
  void round(ShardRound round) {
    var unused = republished.take(round);
  }

  /** Dooms the passages of a document that is gone, and nobody knows since when. */
  private void remove(int number, VersionedDocument document, long now) {
    try {
      if (ended.contains(number, document.version())) {
        return; // it goes with its version
      }
      AssignedDocument known = known(document);
      documents.remove(document);
      long revision = Math.max(known.newest().revision(), 0);
      Set<Hash128> uids = new LinkedHashSet<>(known.uids());
      Removal removal = new Removal(number, document, revision);
      sweptDueMs = Math.max(sweptDueMs, doom(removal, uids, now));
    } catch (Exception e) {
      throw new IllegalStateException("cannot remove " + document, e);
    }
  }

  /** Deletes what the shard of that number has due at {@code timestamp}, in epoch ms. */
  void deleteDoomed(int number, long timestamp) throws Exception {
    List<Map.Entry<VersionedPassage, Doom>> due = new ArrayList<>();
    for (Map.Entry<VersionedPassage, Doom> entry : doomed.entries()) {
      if (entry.getValue().dueMs() <= timestamp) {
        due.add(Map.entry(entry.getKey(), entry.getValue()));
      }
    }
    for (Map.Entry<VersionedPassage, Doom> entry : due) {
      doomed.remove(entry.getKey());
      if (!ended.contains(number, entry.getKey().version())) {
        passages.delete(entry.getKey(), entry.getValue().revision(), number);
        deletes.inc();
      }
    }
  }

  /**
   * What a slice of the shard's walks came to.
   *
   * @param more whether there is more to walk
   * @param dueMs when {@link #deleteDoomed} is to be called, in epoch ms; the past = never
   */
  record Walked(boolean more, long dueMs) {}

  /** Takes a slice of the shard's walks. */
  Walked walk(int number, long now) throws Exception {
    sweptDueMs = now;
    if (told.add(number)) {
      passages.counts().tellAgain(number);
    }
    boolean more = passages.walk(number);
    more |= retired.forgetSome(number);
    more |= republished.sweepSome(number, document -> remove(number, document, now));
    return new Walked(more, sweptDueMs);
  }

  /** Less is awaited than before: {@link #walk} is to be called until it says no. */
  void lookAgain() {
    passages.lookAgain();
  }

  /**
   * Takes in which versions had their time: the cells of those that are news are told, and {@link
   * #walk} is to be called until it says no.
   */
  void retire(int number, EndedIndexes more) throws Exception {
    EndedIndexes before = ended.of(number);
    List<Integer> over = retired.add(number, more);
    EndedIndexes after = ended.of(number);
    if (!after.equals(before)) {
      output.collect(new StreamRecord<>(CellUpdate.retire(after, number)));
    }
    for (int version : over) {
      passages.retire(number, version);
    }
  }

  /** Tells the cell shard of the same number that a partition has had its time. */
  void drop(int number, PartitionId id, int cells) throws Exception {
    passages.forget(id);
    output.collect(new StreamRecord<>(CellUpdate.drop(id, number, cells)));
  }

  private AssignedDocument known(VersionedDocument document) throws Exception {
    AssignedDocument known = documents.get(document);
    if (known != null) {
      return known;
    }
    DocumentState deleted = tombstones.get(document);
    return deleted == null ? AssignedDocument.NONE : new AssignedDocument(deleted, List.of());
  }

  private void remember(VersionedDocument document, PassageVectors record, List<Hash128> live)
      throws Exception {
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

  private long doom(Removal removal, Set<Hash128> uids, long now) throws Exception {
    if (uids.isEmpty()) {
      return now;
    }
    // whole seconds, so that many removals share a timer
    long dueMs = (now + deleteDelayMs) / 1000 * 1000 + 1000;
    for (Hash128 uid : uids) {
      VersionedPassage passage = new VersionedPassage(removal.document().version(), uid);
      doomed.put(passage, new Doom(dueMs, removal.revision(), removal.document().document()));
      passages.doom(passage, removal.revision(), removal.number());
    }
    return dueMs;
  }
}
