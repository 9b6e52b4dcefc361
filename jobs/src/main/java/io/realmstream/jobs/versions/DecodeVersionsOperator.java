package io.realmstream.jobs.versions;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.DeadLetters.Reason;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.Refusals;
import io.realmstream.model.version.LogBacklog;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.VersionProposal;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the version log. Proposals go out; on the side they go once more as steps, among which
 * stands when all was read that the log held at the start. One subtask.
 *
 * <p>State: how far the log has been read, one entry a partition, of which it has one.
 */
public final class DecodeVersionsOperator extends AbstractStreamOperator<VersionProposal>
    implements OneInputStreamOperator<InboundRecord, VersionProposal> {
  public static final String UID = "decode-versions";
  public static final OutputTag<VersionStep> STEPS =
      new OutputTag<>("version-steps", TypeInformation.of(VersionStep.class));

  private static final long serialVersionUID = 1L;

  private final SerializableSupplier<Map<Integer, Long>> ends;
  private transient @Nullable ListState<LogBacklog.Position> positions;
  private transient @Nullable LogBacklog backlog;
  private transient @Nullable Refusals refusals;
  private transient boolean ended;

  /**
   * @param ends of the log, asked at each start: see {@link LogBacklog}
   */
  public DecodeVersionsOperator(SerializableSupplier<Map<Integer, Long>> ends) {
    this.ends = ends;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    positions =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("read", LogBacklog.Position.class));
    backlog = new LogBacklog(ends.get(), positions.get());
  }

  @Override
  public void open() throws Exception {
    super.open();
    refusals =
        new Refusals(
            UID, new OperatorMetrics(getRuntimeContext().getMetricGroup()), Reason.MALFORMED);
    // not from here: the operators behind take no element before they are open, too
    var unused = getProcessingTimeService().registerTimer(0, now -> endWhenRead());
  }

  @Override
  public void processElement(StreamRecord<InboundRecord> element) {
    InboundRecord record = element.getValue();
    byte[] value = record.value();
    if (value == null) {
      refuse(record, "value: is null");
    } else {
      try {
        pass(Codecs.VERSION_PROPOSAL.decode(value), element);
      } catch (BadRecordException e) {
        refuse(record, String.valueOf(e.getMessage()));
      }
    }
    opened(backlog).read(record.partition(), record.offset());
    endWhenRead();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    opened(positions).update(opened(backlog).positions());
  }

  private void pass(VersionProposal proposal, StreamRecord<InboundRecord> element) {
    output.collect(
        element.hasTimestamp()
            ? new StreamRecord<>(proposal, element.getTimestamp())
            : new StreamRecord<>(proposal));
    output.collect(STEPS, new StreamRecord<>(new VersionStep(proposal)));
  }

  private void endWhenRead() {
    if (!ended && opened(backlog).isRead()) {
      ended = true;
      output.collect(STEPS, new StreamRecord<>(VersionStep.END));
    }
  }

  private void refuse(InboundRecord record, String message) {
    output.collect(
        DeadLetters.TAG,
        new StreamRecord<>(opened(refusals).refuse(record, Reason.MALFORMED, message)));
  }

  private static <T> T opened(@Nullable T part) {
    return Objects.requireNonNull(part, "not open");
  }
}
