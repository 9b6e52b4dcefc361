package io.realmstream.jobs.updater.documents;

import io.realmstream.jobs.state.StateTable;
import io.realmstream.jobs.state.StateValue;
import io.realmstream.model.document.DocumentInVersion;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.state.Table;
import io.realmstream.model.state.Value;
import io.realmstream.model.updating.AcceptedDebt;
import io.realmstream.model.updating.Republication;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.ShardTables;
import io.realmstream.model.updating.ShardValues;
import io.realmstream.model.updating.WalkPhase;
import io.realmstream.model.updating.reuse.DroppedDocument;
import io.realmstream.model.updating.reuse.DroppedEnds;
import io.realmstream.model.updating.reuse.DroppedPassages;
import io.realmstream.model.updating.reuse.TrunkKey;
import io.realmstream.model.updating.reuse.TrunkOutputs;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.vectors.ShardPosition;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;

/** Opens the keyed state of the documents operator, for each shard under its own Flink key. */
final class ShardStates {
  private static final String WANTED = "wanted";
  private static final String PUBLISHED = "published";
  private static final String TOMBSTONES = "tombstones";
  private static final String PENDING = "pending";
  private static final String WALKS = "walks";
  private static final String ACCEPTED_OWED = "accepted-owed";
  private static final String TRUNK_OUTPUTS = "trunk-outputs";
  private static final String DROPPED = "dropped";
  private static final String DROPPED_ORDER = "dropped-order";
  private static final String VERSIONS = "versions";
  private static final String UNTAKEN_SINCE = "untaken-since";
  private static final String LIVE = "live";
  private static final String SENT = "sent";
  private static final String REPUBLICATION = "republication";
  private static final String ACCEPTED_DEBT = "accepted-debt";
  private static final String DROPPED_ENDS = "dropped-ends";

  private final DocumentsSettings settings;
  private final LongSupplier clockMs;
  private final Consumer<Integer> setKey;
  private final Table<String, WantedEdit> wanted;
  private final Table<DocumentInVersion, PublishedDocument> published;
  private final Table<String, DocumentState> tombstones;
  private final Table<String, Long> pending;
  private final Table<Integer, WalkPhase> walks;
  private final Table<String, Boolean> owed;
  private final Table<TrunkKey, TrunkOutput> trunkOutputs;
  private final Table<String, DroppedDocument> dropped;
  private final Table<Long, String> droppedOrder;
  private final Value<VersionTable> versions;
  private final Value<Long> untakenSince;
  private final Value<Long> live;
  private final Value<ShardPosition> sent;
  private final Value<Republication> republication;
  private final Value<AcceptedDebt> debt;
  private final Value<DroppedEnds> droppedEnds;

  /**
   * @param setKey makes a Flink key the current one
   */
  ShardStates(
      RuntimeContext context,
      DocumentsSettings settings,
      LongSupplier clockMs,
      Consumer<Integer> setKey) {
    this.settings = settings;
    this.clockMs = clockMs;
    this.setKey = setKey;
    wanted = StateTable.of(context, WANTED, String.class, WantedEdit.class);
    published = StateTable.of(context, PUBLISHED, DocumentInVersion.class, PublishedDocument.class);
    MapStateDescriptor<String, DocumentState> expiring =
        new MapStateDescriptor<>(TOMBSTONES, String.class, DocumentState.class);
    expiring.enableTimeToLive(
        StateTtlConfig.newBuilder(settings.tombstoneTtl())
            .cleanupInRocksdbCompactFilter(1000)
            .build());
    tombstones = new StateTable<>(context.getMapState(expiring));
    pending = StateTable.of(context, PENDING, String.class, Long.class);
    walks = StateTable.of(context, WALKS, Integer.class, WalkPhase.class);
    owed = StateTable.of(context, ACCEPTED_OWED, String.class, Boolean.class);
    trunkOutputs = StateTable.of(context, TRUNK_OUTPUTS, TrunkKey.class, TrunkOutput.class);
    dropped = StateTable.of(context, DROPPED, String.class, DroppedDocument.class);
    droppedOrder = StateTable.of(context, DROPPED_ORDER, Long.class, String.class);
    versions = StateValue.of(context, VERSIONS, VersionTable.class);
    untakenSince = StateValue.of(context, UNTAKEN_SINCE, Long.class);
    live = StateValue.of(context, LIVE, Long.class);
    sent = StateValue.of(context, SENT, ShardPosition.class);
    republication = StateValue.of(context, REPUBLICATION, Republication.class);
    debt = StateValue.of(context, ACCEPTED_DEBT, AcceptedDebt.class);
    droppedEnds = StateValue.of(context, DROPPED_ENDS, DroppedEnds.class);
  }

  /** The shard of that number and Flink key, as the restored state has it. */
  Shard open(int number, Integer flinkKey) {
    Runnable key = () -> setKey.accept(flinkKey);
    ShardTables tables =
        new ShardTables(
            new KeyedTable<>(wanted, key),
            new KeyedTable<>(published, key),
            new KeyedTable<>(tombstones, key),
            new KeyedTable<>(pending, key),
            new KeyedTable<>(walks, key),
            new KeyedTable<>(owed, key));
    ShardValues values =
        new ShardValues(
            new KeyedValue<>(versions, key),
            new KeyedValue<>(untakenSince, key),
            new KeyedValue<>(live, key),
            new KeyedValue<>(sent, key),
            new KeyedValue<>(republication, key),
            new KeyedValue<>(debt, key));
    DroppedPassages lost =
        new DroppedPassages(
            new DroppedPassages.Tables(
                new KeyedTable<>(dropped, key),
                new KeyedTable<>(droppedOrder, key),
                new KeyedValue<>(droppedEnds, key)),
            settings.reuse(),
            clockMs);
    TrunkOutputs trunks =
        new TrunkOutputs(new KeyedTable<>(trunkOutputs, key), tables.published(), lost);
    return new Shard(number, tables, values, trunks);
  }
}
