package io.realmstream.jobs.updater.versions;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.trial.CheckpointTrials;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.version.CheckpointCandidate;
import io.realmstream.model.version.VersionPolicy;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Proposes a version for each new checkpoint, once it has been tried, or its refusal with the
 * reason; and whatever else {@link VersionPolicy} finds due, looking each second. Checkpoints come
 * in on the first input, the version log on the second. One subtask, and no state but the folded
 * table and the newest checkpoint, until the log shows more behind the version that fulfils it: of
 * several that arrive while one is tried or building, only the newest follows; but trials of a
 * learner never take the place of a release that waits.
 *
 * <p>After a restore either input may be read ahead of the other. Kafka's timestamps tell which
 * versions there were when a checkpoint was published: one that comes again behind a rollback is to
 * serve, and one from before it must not undo it.
 *
 * <p>The log decides, not this operator: a proposal that lost a race is ignored by every fold, and
 * the next look at the table shows what is still to propose.
 */
public final class ProposeOperator extends AbstractStreamOperator<VersionProposal>
    implements TwoInputStreamOperator<RetrieverCheckpoint, VersionProposal, VersionProposal> {
  public static final String UID = "propose";

  private static final String TABLE = "versions";
  private static final String CANDIDATE = "candidate";
  private static final long serialVersionUID = 1L;
  private static final long LOOK_MS = 1_000;

  /** More versions than begin between a checkpoint's publication and its arrival. */
  private static final int BEGAN_MAX = 64;

  private final transient MailboxExecutor mailbox;
  private final transient PartCache parts;
  private final transient VersionPolicy policy;
  private transient @Nullable ListState<VersionTable> tableState;
  private transient @Nullable ListState<CheckpointCandidate> candidateState;
  private transient @Nullable CheckpointTrials trials;
  private transient VersionTable table = VersionTable.EMPTY;
  private transient @Nullable CheckpointCandidate candidate;

  /** Whether nothing was to be done for the candidate at the last look. */
  private transient boolean fulfilled;

  /** Kafka timestamps of versions that began since the start: of the newest. */
  private final transient NavigableMap<Integer, Long> began = new TreeMap<>();

  /** A proposal of ours that the log has not shown yet. */
  private transient @Nullable String awaited = "the mark of the start";

  ProposeOperator(
      StreamOperatorParameters<VersionProposal> parameters,
      VersionSettings settings,
      Models models) {
    super(parameters);
    this.mailbox = parameters.getMailboxExecutor();
    this.parts = models.parts();
    this.policy = settings.policy();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    tableState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>(TABLE, VersionTable.class));
    candidateState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>(CANDIDATE, CheckpointCandidate.class));
    for (VersionTable restored : tableState.get()) {
      table = restored;
    }
    for (CheckpointCandidate restored : candidateState.get()) {
      candidate = restored;
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    trials = new CheckpointTrials(parts, mailbox, () -> now().toEpochMilli(), this::proposeNext);
    mailbox.execute(this::markStart, "mark the start in the log");
    lookAgain();
  }

  /**
   * Proposes what every fold ignores, and waits for it as for any proposal. A restored table may be
   * far behind the log: what was due by it would be applied, if the states happen to fit, and undo
   * what people commanded since.
   */
  private void markStart() {
    Instant now = now();
    awaited = UID + " from the start " + now;
    output.collect(
        new StreamRecord<>(
            new VersionProposal(
                awaited,
                1,
                new StateChange(VersionState.RETIRED, VersionState.BUILDING),
                UID,
                "marks a start",
                null,
                null,
                now)));
  }

  private void lookAgain() {
    long later = getProcessingTimeService().getCurrentProcessingTime() + LOOK_MS;
    var unused =
        getProcessingTimeService()
            .registerTimer(
                later,
                now -> {
                  proposeNext();
                  lookAgain();
                });
  }

  @Override
  public void processElement1(StreamRecord<RetrieverCheckpoint> element) {
    if (candidate != null && !fulfilled && !candidate.yieldsTo(element.getValue())) {
      return;
    }
    long publishedMs = element.hasTimestamp() ? element.getTimestamp() : Long.MIN_VALUE;
    int after = table.count();
    while (began.getOrDefault(after, Long.MIN_VALUE) > publishedMs) {
      after--;
    }
    candidate = new CheckpointCandidate(element.getValue(), after, publishedMs);
    fulfilled = false;
    proposeNext();
  }

  @Override
  public void processElement2(StreamRecord<VersionProposal> element) {
    int before = table.count();
    table = table.apply(element.getValue()).table();
    int newest = table.count();
    if (newest > before && element.hasTimestamp()) {
      began.put(newest, element.getTimestamp());
      if (began.size() > BEGAN_MAX) {
        began.pollFirstEntry();
      }
    }
    if (candidate != null && isBefore(element, candidate)) {
      candidate = candidate.behind(newest);
    } else if (fulfilled) {
      candidate = null; // what comes from now on changes what it has led to
    }
    fulfilled = false;
    proposeNext();
  }

  private static boolean isBefore(
      StreamRecord<VersionProposal> element, CheckpointCandidate candidate) {
    return element.hasTimestamp() && element.getTimestamp() < candidate.publishedMs();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    Objects.requireNonNull(tableState).update(List.of(table));
    Objects.requireNonNull(candidateState)
        .update(candidate == null ? List.of() : List.of(candidate));
  }

  /** What has been read is proposed when the input ends. */
  @Override
  public void finish() throws Exception {
    while (candidate != null
        && !fulfilled
        && Objects.requireNonNull(trials).areOn()
        && awaited == null) {
      mailbox.yield();
    }
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (trials != null) {
      trials.close();
    }
    super.close();
  }

  private void proposeNext() {
    if (awaited != null && !table.proposals().contains(awaited)) {
      return;
    }
    awaited = null;
    VersionPolicy.Move due = policy.due(table, now());
    if (due != null) {
      propose(due);
      return;
    }
    fulfilled = candidate != null && candidate.isFulfilled(table);
    if (candidate != null && !fulfilled) {
      proposeCandidate(candidate);
    }
  }

  private void proposeCandidate(CheckpointCandidate candidate) {
    CheckpointTrials.Outcome trial = Objects.requireNonNull(trials).of(candidate);
    if (trial == null) {
      return;
    }
    RetrieverCheckpoint checkpoint = candidate.checkpoint();
    String refusal = trial.refusal();
    VersionPolicy.Move move =
        refusal == null
            ? policy.begin(table, checkpoint)
            : VersionPolicy.refuse(table, checkpoint, refusal);
    if (move != null) {
      propose(move);
    }
  }

  // The time is part of the id: what was ignored once must be proposable again
  private void propose(VersionPolicy.Move move) {
    Instant now = now();
    String id = UID + " " + move.version() + " " + move.to() + " " + now;
    awaited = id;
    output.collect(
        new StreamRecord<>(
            new VersionProposal(
                id,
                move.version(),
                new StateChange(move.from(), move.to()),
                UID,
                move.reason(),
                move.checkpoint(),
                move.index(),
                now)));
  }

  private Instant now() {
    return Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
  }
}
