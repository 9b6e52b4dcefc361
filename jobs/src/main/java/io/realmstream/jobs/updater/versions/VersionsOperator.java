package io.realmstream.jobs.updater.versions;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.updater.documents.ShardEvent;
import io.realmstream.jobs.versions.VersionStep;
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
import org.jspecify.annotations.Nullable;

/**
 * Folds the version log and copies the table to every document shard: once at each start, when the
 * log has been read to the end that it had then, and after each later proposal that changed it. So
 * no shard learns of a version that was retired before the start. One subtask.
 *
 * <p>The run with which it is sent is the clock at the start or, if clocks went back, one more than
 * the run before as far as the restored state knows it.
 */
public final class VersionsOperator extends AbstractStreamOperator<ShardEvent>
    implements OneInputStreamOperator<VersionStep, ShardEvent> {
  public static final String UID = "versions";

  private static final String TABLE = "versions";
  private static final String RUN = "run";
  private static final long serialVersionUID = 1L;

  private final int shards;
  private transient @Nullable ListState<VersionTable> tableState;
  private transient @Nullable ListState<Long> runState;
  private transient VersionTable table;
  private transient long run;
  private transient @Nullable VersionMetrics numbers;

  /** Whether the log's end at the start is reached. */
  private transient boolean current;

  public VersionsOperator(int shards) {
    this.shards = shards;
    this.table = VersionTable.EMPTY;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    tableState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>(TABLE, VersionTable.class));
    runState =
        context.getOperatorStateStore().getListState(new ListStateDescriptor<>(RUN, Long.class));
    table = VersionTable.EMPTY;
    for (VersionTable restored : tableState.get()) {
      table = restored;
    }
    run = getProcessingTimeService().getCurrentProcessingTime();
    for (Long before : runState.get()) {
      run = Math.max(run, before + 1);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    numbers = new VersionMetrics(new OperatorMetrics(getMetricGroup()));
  }

  @Override
  public void processElement(StreamRecord<VersionStep> element) {
    VersionProposal proposal = element.getValue().proposal();
    if (proposal == null) {
      current = true;
      send();
      return;
    }
    VersionTable.Step step = table.apply(proposal);
    table = step.table();
    if (step.ignored() != null) {
      LOG.info("ignored proposal {}: {}", proposal.proposalId(), step.ignored());
    } else if (current) {
      send();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    if (tableState != null && runState != null) {
      tableState.update(List.of(table));
      runState.update(List.of(run));
    }
  }

  private void send() {
    VersionMetrics numbers = this.numbers;
    if (numbers != null) {
      numbers.show(table);
    }
    for (int shard = 0; shard < shards; shard++) {
      output.collect(new StreamRecord<>(new ShardEvent(shard, run, table)));
    }
  }
}
