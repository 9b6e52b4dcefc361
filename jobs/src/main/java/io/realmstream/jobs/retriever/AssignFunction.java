package io.realmstream.jobs.retriever;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.Shards;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Routes the passages of a document shard to their cells: inserts at once, deletes a while later,
 * when the revision that lacks them has long become answerable. A passage that comes back in the
 * meantime stays.
 *
 * <p>State, by shard: one entry a live document and version ({@code documents}); one entry a
 * deleted document for the tombstone's time to live ({@code tombstones}); one entry a passage
 * between its removal and its delete ({@code doomed}).
 */
public final class AssignFunction
    extends KeyedProcessFunction<Integer, PassageVectors, CellUpdate> {
  static final String UID = "assign";
  private static final long serialVersionUID = 1L;
  private static final float[] NO_VECTOR = {};

  /** Every version starts with the flat partition: one cell a shard, by hash. */
  private static final int FLAT = 0;

  private final Shards shards;
  private final long deleteDelayMs;
  private final Duration tombstoneTtl;
  private transient MapState<VersionedDocument, AssignedDocument> documents;
  private transient MapState<VersionedDocument, Long> tombstones;
  private transient MapState<VersionedPassage, Doom> doomed;
  private transient Counter inserts;
  private transient Counter deletes;
  private transient Counter repeats;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public AssignFunction(Shards shards, Duration deleteDelay, Duration tombstoneTtl) {
    this.shards = shards;
    this.deleteDelayMs = deleteDelay.toMillis();
    this.tombstoneTtl = tombstoneTtl;
  }

  @Override
  public void open(OpenContext context) {
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    inserts = metrics.counter("inserts");
    deletes = metrics.counter("deletes");
    repeats = metrics.counter("repeatsIgnored");
    documents =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "documents", VersionedDocument.class, AssignedDocument.class));
    tombstones = getRuntimeContext().getMapState(tombstones(tombstoneTtl));
    doomed =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("doomed", VersionedPassage.class, Doom.class));
  }

  /** Revisions of deleted documents, each forgotten after {@code ttl}. */
  static MapStateDescriptor<VersionedDocument, Long> tombstones(Duration ttl) {
    MapStateDescriptor<VersionedDocument, Long> descriptor =
        new MapStateDescriptor<>("tombstones", VersionedDocument.class, Long.class);
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(ttl).build());
    return descriptor;
  }

  @Override
  public void processElement(PassageVectors record, Context context, Collector<CellUpdate> out)
      throws Exception {
    VersionedDocument document = new VersionedDocument(record.version(), record.document());
    AssignedDocument known = known(document);
    if (record.revision() < known.revision()) {
      repeats.inc();
      return; // repeated by a restarted updater; a newer revision is routed already
    }
    Set<Hash128> uids = new LinkedHashSet<>(known.uids());
    for (PassageInsert insert : record.inserts()) {
      doomed.remove(new VersionedPassage(record.version(), insert.uid()));
      uids.add(insert.uid());
      out.collect(insert(record, insert));
      inserts.inc();
    }
    if (!record.commits()) {
      documents.put(document, new AssignedDocument(known.revision(), new ArrayList<>(uids)));
      return;
    }
    List<Hash128> live = record.manifest().stream().map(ManifestEntry::uid).toList();
    uids.removeAll(new HashSet<>(live));
    doom(uids, record, context);
    remember(document, record, live);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<CellUpdate> out)
      throws Exception {
    List<VersionedPassage> deleted = new ArrayList<>();
    for (Map.Entry<VersionedPassage, Doom> entry : doomed.entries()) {
      if (entry.getValue().dueMs() <= timestamp) {
        out.collect(delete(entry.getKey(), entry.getValue()));
        deletes.inc();
        deleted.add(entry.getKey());
      }
    }
    for (VersionedPassage passage : deleted) {
      doomed.remove(passage);
    }
  }

  private AssignedDocument known(VersionedDocument document) throws Exception {
    AssignedDocument known = documents.get(document);
    if (known != null) {
      return known;
    }
    Long tombstone = tombstones.get(document);
    return tombstone == null ? AssignedDocument.NONE : new AssignedDocument(tombstone, List.of());
  }

  private void remember(VersionedDocument document, PassageVectors record, List<Hash128> live)
      throws Exception {
    if (record.outcome() == Outcome.DELETED) {
      documents.remove(document);
      tombstones.put(document, record.revision());
    } else {
      documents.put(document, new AssignedDocument(record.revision(), new ArrayList<>(live)));
      tombstones.remove(document);
    }
  }

  private void doom(Set<Hash128> uids, PassageVectors record, Context context) throws Exception {
    if (uids.isEmpty()) {
      return;
    }
    // whole seconds, so that many removals share a timer
    long now = context.timerService().currentProcessingTime();
    long dueMs = (now + deleteDelayMs) / 1000 * 1000 + 1000;
    context.timerService().registerProcessingTimeTimer(dueMs);
    for (Hash128 uid : uids) {
      doomed.put(
          new VersionedPassage(record.version(), uid),
          new Doom(dueMs, record.revision(), record.document()));
    }
  }

  private CellUpdate insert(PassageVectors record, PassageInsert insert) {
    int cell = shards.of(insert.uid());
    return new CellUpdate(
        CellUpdate.Kind.INSERT,
        record.version(),
        FLAT,
        cell,
        cell,
        insert.uid(),
        record.revision(),
        record.shard(),
        record.document(),
        insert.vector(),
        0,
        1);
  }

  private CellUpdate delete(VersionedPassage passage, Doom doom) {
    int cell = shards.of(passage.uid());
    return new CellUpdate(
        CellUpdate.Kind.DELETE,
        passage.version(),
        FLAT,
        cell,
        cell,
        passage.uid(),
        doom.revision(),
        shards.ofDocument(doom.document()),
        doom.document(),
        NO_VECTOR,
        0,
        1);
  }
}
