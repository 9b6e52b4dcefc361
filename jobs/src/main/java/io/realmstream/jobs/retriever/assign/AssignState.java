package io.realmstream.jobs.retriever.assign;

import io.realmstream.jobs.state.StateTable;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.serving.EndedVersions;
import io.realmstream.model.serving.RepublishedShard;
import io.realmstream.model.serving.RetiredVersions;
import io.realmstream.model.serving.Versioned;
import io.realmstream.model.serving.VersionedDocument;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.serving.placement.AssignedDocument;
import io.realmstream.model.serving.placement.AssignedPassage;
import io.realmstream.model.serving.placement.AssignedShard;
import io.realmstream.model.serving.placement.Census;
import io.realmstream.model.serving.placement.PassageCounts;
import io.realmstream.model.serving.placement.PendingDelete;
import io.realmstream.model.serving.placement.PlacedPassages;
import io.realmstream.model.serving.placement.Sample;
import io.realmstream.model.state.Table;
import io.realmstream.model.transport.NamedInRound;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapStateDescriptor;

/** The keyed state of {@code assign}, by document shard: its tables, and what decides on them. */
final class AssignState {
  private static final String DOCUMENTS = "documents";
  private static final String TOMBSTONES = "tombstones";
  private static final String PENDING_DELETES = "pending-deletes";
  private static final String PASSAGES = "passages";
  private static final String FILLED = "filled";
  private static final String WAITING = "waiting";
  private static final String CENSUS = "census";
  private static final String ENDED = "ended";
  private static final String FORGETTING = "forgetting";
  private static final String ROUND = "round";
  private static final String NAMED = "named";

  private AssignState() {}

  /**
   * The shards of a subtask.
   *
   * @param samples takes what is told to whoever trains partitions
   */
  static AssignedShard shard(
      RuntimeContext context,
      AssignSettings settings,
      PlacedPassages.Cells cells,
      Consumer<Sample> samples) {
    PlacedPassages passages =
        new PlacedPassages(
            new PlacedPassages.Tables(
                StateTable.of(context, PASSAGES, VersionedPassage.class, AssignedPassage.class),
                StateTable.of(context, FILLED, PartitionId.class, Boolean.class),
                StateTable.of(context, WAITING, VersionedPassage.class, Hash128.class)),
            new PassageCounts(
                StateTable.of(context, CENSUS, Integer.class, Census.class),
                settings.sampleMax(),
                samples),
            cells);
    AssignedShard.Tables tables =
        new AssignedShard.Tables(
            StateTable.of(context, DOCUMENTS, VersionedDocument.class, AssignedDocument.class),
            StateTable.forgetting(
                context,
                new MapStateDescriptor<>(TOMBSTONES, VersionedDocument.class, DocumentState.class),
                settings.tombstoneTtl()),
            StateTable.of(context, PENDING_DELETES, VersionedPassage.class, PendingDelete.class));
    List<Table<? extends Versioned, ?>> forgotten = new ArrayList<>(tables.all());
    forgotten.addAll(passages.tables());
    EndedVersions ended =
        new EndedVersions(StateTable.of(context, ENDED, Integer.class, EndedIndexes.class));
    return new AssignedShard(
        tables,
        passages,
        new AssignedShard.Ends(
            ended,
            new RetiredVersions(
                StateTable.of(context, FORGETTING, Integer.class, Boolean.class), ended, forgotten),
            new RepublishedShard(
                StateTable.of(context, ROUND, Integer.class, NamedInRound.Round.class),
                StateTable.of(context, NAMED, VersionedDocument.class, Long.class),
                tables.held())),
        settings.deleteDelay().toMillis());
  }
}
