package io.realmstream.jobs.updater;

import io.realmstream.jobs.StateTable;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.state.Table;
import io.realmstream.model.state.Walk;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.vectors.ShardPosition;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/** The keyed state of the documents operator, under the key of a document shard. */
final class DocumentStates {
  /** Each live document's edit in force, by id. As large as the knowledge base's text. */
  private final MapState<String, WantedEdit> wanted;

  /** Each live document in each version that is written: about 50 bytes a passage. */
  private final MapState<DocumentInVersion, PublishedDocument> published;

  /** Deleted documents' last edits; they expire. */
  private final MapState<String, DocumentState> tombstones;

  /**
   * Documents whose edit is not published yet, with the Kafka timestamp of the earliest such edit;
   * as many as may wait, see {@code realm.pending.documents.max}.
   */
  private final MapState<String, Long> pending;

  /** What each version that is written, or being forgotten, needs of this shard. */
  private final MapState<Integer, VersionWalk.Phase> walks;

  /** As of the last event; some hundred bytes a version. */
  private final ValueState<VersionTable> table;

  /** Kafka timestamp of the earliest edit that no version took so far, or a LATE one did not. */
  private final ValueState<Long> untakenSince;

  /** How many documents are live; a state from before has none, and counts once. */
  private final ValueState<Long> live;

  /** What was sent last to the vectors topic, as of the last snapshot. */
  private final ValueState<ShardPosition> sent;

  private final ValueState<Republication> republication;

  private final TrunkOutputs trunks;

  DocumentStates(RuntimeContext context, UpdaterSettings settings, LongSupplier clockMs) {
    wanted =
        context.getMapState(new MapStateDescriptor<>("wanted", String.class, WantedEdit.class));
    published =
        context.getMapState(
            new MapStateDescriptor<>(
                "published", DocumentInVersion.class, PublishedDocument.class));
    MapStateDescriptor<String, DocumentState> expiring =
        new MapStateDescriptor<>("tombstones", String.class, DocumentState.class);
    expiring.enableTimeToLive(
        StateTtlConfig.newBuilder(settings.tombstoneTtl())
            .cleanupInRocksdbCompactFilter(1000)
            .build());
    tombstones = context.getMapState(expiring);
    pending = context.getMapState(new MapStateDescriptor<>("pending", String.class, Long.class));
    walks =
        context.getMapState(
            new MapStateDescriptor<>("walks", Integer.class, VersionWalk.Phase.class));
    table = context.getState(new ValueStateDescriptor<>("versions", VersionTable.class));
    untakenSince = context.getState(new ValueStateDescriptor<>("untaken-since", Long.class));
    live = context.getState(new ValueStateDescriptor<>("live", Long.class));
    sent = context.getState(new ValueStateDescriptor<>("sent", ShardPosition.class));
    republication =
        context.getState(new ValueStateDescriptor<>("republication", Republication.class));
    trunks =
        new TrunkOutputs(context, this, new DroppedPassages(context, settings.reuse(), clockMs));
  }

  TrunkOutputs trunks() {
    return trunks;
  }

  /** The greatest edit of a document; null for one never seen, or forgotten. */
  @Nullable DocumentState current(String id) throws Exception {
    WantedEdit edit = wanted.get(id);
    if (edit != null) {
      return edit.state();
    }
    return tombstones.get(id);
  }

  @Nullable WantedEdit wanted(String id) throws Exception {
    return wanted.get(id);
  }

  void want(Shard shard, String id, WantedEdit edit) throws Exception {
    if (!wanted.contains(id)) {
      count(shard, 1);
    }
    wanted.put(id, edit);
    tombstones.remove(id);
  }

  /** Forgets a live document but for its tombstone. */
  void delete(Shard shard, String id, DocumentState deleted) throws Exception {
    if (wanted.contains(id)) {
      count(shard, -1);
    }
    wanted.remove(id);
    tombstones.put(id, deleted);
  }

  /** The ids of the shard's deleted documents, as long as they are remembered. */
  Walk<String> deletions() {
    return new Walk<>(new StateTable<>(tombstones));
  }

  /** What deleted a document; null = it is live, forgotten or was never seen. */
  @Nullable DocumentState tombstone(String id) throws Exception {
    return tombstones.get(id);
  }

  @Nullable ShardPosition sent() throws Exception {
    return sent.value();
  }

  void sent(@Nullable ShardPosition last) throws Exception {
    sent.update(last);
  }

  /** The last republication of the shard. */
  Republication republication() throws Exception {
    Republication last = republication.value();
    return last == null ? Republication.NONE : last;
  }

  void republish(Republication next) throws Exception {
    republication.update(next);
  }

  /** The same as a table. */
  Table<String, DocumentState> tombstoneTable() {
    return new StateTable<>(tombstones);
  }

  /** The live documents as a table. */
  Table<String, WantedEdit> wantedTable() {
    return new StateTable<>(wanted);
  }

  private void count(Shard shard, int change) throws Exception {
    shard.documents += change;
    live.update(shard.documents);
  }

  /** The ids of the live documents. */
  Walk<String> documents() {
    return new Walk<>(new StateTable<>(wanted));
  }

  @Nullable PublishedDocument published(String id, int version) throws Exception {
    return published.get(new DocumentInVersion(id, version));
  }

  void publish(String id, int version, PublishedDocument document) throws Exception {
    published.put(new DocumentInVersion(id, version), document);
  }

  void unpublish(DocumentInVersion document) throws Exception {
    published.remove(document);
  }

  Walk<DocumentInVersion> allPublished() {
    return new Walk<>(new StateTable<>(published));
  }

  Iterable<Map.Entry<String, Long>> pending() throws Exception {
    return pending.entries();
  }

  @Nullable Long pending(String id) throws Exception {
    return pending.get(id);
  }

  void pend(String id, long since) throws Exception {
    Long before = pending.get(id);
    if (before == null || since < before) {
      pending.put(id, since);
    }
  }

  void settle(String id) throws Exception {
    pending.remove(id);
  }

  /** Fills a shard's copies from its state. */
  void load(Shard shard) throws Exception {
    VersionTable known = table.value();
    shard.table = known == null ? VersionTable.EMPTY : known;
    shard.isNew = known == null;
    for (Map.Entry<Integer, VersionWalk.Phase> walk : walks.entries()) {
      shard.walks.put(walk.getKey(), new VersionWalk(shard, walk.getKey(), walk.getValue()));
    }
    shard.untakenSince = untakenSince.value();
    Long documents = live.value();
    shard.documents = documents == null ? counted() : documents;
  }

  private long counted() throws Exception {
    long count = 0;
    for (Iterator<String> ids = wanted.keys().iterator(); ids.hasNext(); ids.next()) {
      count++;
    }
    return count;
  }

  void table(Shard shard, VersionTable next) throws Exception {
    table.update(next);
    shard.table = next;
  }

  /** Notes since when there are edits that a version lacks which should have them. */
  void untaken(Shard shard, @Nullable Long since) throws Exception {
    if (!Objects.equals(shard.untakenSince, since)) {
      shard.untakenSince = since;
      untakenSince.update(since);
    }
  }

  void begin(VersionWalk walk) throws Exception {
    walk.shard.walks.put(walk.version, walk);
    walks.put(walk.version, walk.phase);
  }

  void complete(VersionWalk walk) throws Exception {
    walk.phase = VersionWalk.Phase.COMPLETE;
    walks.put(walk.version, walk.phase);
  }

  void forget(VersionWalk walk) throws Exception {
    walk.shard.walks.remove(walk.version);
    walks.remove(walk.version);
  }
}
