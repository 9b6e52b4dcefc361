package io.realmstream.jobs.retriever.vectors;

import io.realmstream.model.version.EndedIndexes;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.VersionProposal;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Folds the version log and tells every document shard which indexes had their time: after each
 * step that changes that, and once at each start. The vectors topic says so as well, once a shard;
 * where that record was lost, this is what frees a version's state. One subtask.
 *
 * <p>State: the version table.
 */
public final class EndedIndexesOperator extends AbstractStreamOperator<PassageEvent>
    implements OneInputStreamOperator<VersionProposal, PassageEvent> {
  public static final String UID = "ended-indexes";

  /** Which indexes had their time, as the version log tells. */
  public static final OutputTag<EndedIndexes> ENDED = new OutputTag<>("ended") {};

  private static final long serialVersionUID = 1L;

  private final int shards;
  private transient @Nullable ListState<VersionTable> kept;
  private transient VersionTable table = VersionTable.EMPTY;

  /**
   * @param shards number of document shards
   */
  public EndedIndexesOperator(int shards) {
    this.shards = shards;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    kept =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("versions", VersionTable.class));
    table = VersionTable.EMPTY;
    for (VersionTable restored : kept.get()) {
      table = restored;
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    // not from here: the operators behind take no element before they are open, too
    var unused = getProcessingTimeService().registerTimer(0, now -> tell(EndedIndexes.of(table)));
  }

  @Override
  public void processElement(StreamRecord<VersionProposal> element) {
    EndedIndexes before = EndedIndexes.of(table);
    table = table.apply(element.getValue()).table();
    EndedIndexes after = EndedIndexes.of(table);
    if (!after.equals(before)) {
      tell(after);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    if (kept != null) {
      kept.update(List.of(table));
    }
  }

  private void tell(EndedIndexes ended) {
    output.collect(ENDED, new StreamRecord<>(ended));
    for (int shard = 0; shard < shards; shard++) {
      output.collect(new StreamRecord<>(PassageEvent.ended(shard, ended)));
    }
  }
}
