package io.realmstream.jobs.retriever.cells;

import io.realmstream.jobs.state.StateTable;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.serving.EndedVersions;
import io.realmstream.model.serving.cell.CellPartitions;
import io.realmstream.model.serving.cell.Dropping;
import io.realmstream.model.serving.cell.IndexDimensions;
import io.realmstream.model.version.EndedIndexes;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The keyed state of {@code cells} beside its blocks: tables, and what decides on them. */
final class CellsState {
  private static final String DIMENSIONS = "dimensions";
  private static final String FILLED_BY = "filledBy";
  private static final String DROPPING = "dropping";
  private static final String OLDEST = "oldest";
  private static final String ENDED = "ended";

  private CellsState() {}

  static IndexDimensions dimensions(RuntimeContext context) {
    return new IndexDimensions(StateTable.of(context, DIMENSIONS, Integer.class, Integer.class));
  }

  static CellPartitions partitions(RuntimeContext context, int shards) {
    MapStateDescriptor<PartitionId, long[]> filledBy =
        new MapStateDescriptor<>(
            FILLED_BY,
            TypeInformation.of(PartitionId.class),
            PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);
    return new CellPartitions(
        new CellPartitions.Tables(
            new StateTable<>(context.getMapState(filledBy)),
            StateTable.of(context, DROPPING, PartitionId.class, Dropping.class),
            StateTable.of(context, OLDEST, Integer.class, Integer.class)),
        new EndedVersions(StateTable.of(context, ENDED, Integer.class, EndedIndexes.class)),
        shards);
  }
}
