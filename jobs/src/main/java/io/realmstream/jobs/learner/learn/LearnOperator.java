package io.realmstream.jobs.learner.learn;

import io.realmstream.jobs.ModelThreads;
import io.realmstream.jobs.Models;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.jobs.versions.VersionStep;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.VersionProposal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
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
 * Learns from live documents: keeps their passages, embeds sentences, takes passes, and publishes
 * what passed the gate. Documents come in on the first input, keyed by shard; the version log comes
 * in on the second, under any key. One subtask.
 *
 * <p>Sentences are embedded, and passes taken, on other threads; what they give comes as a mail. A
 * snapshot waits for none of it: a restore embeds again, and repeats the pass that was under way.
 *
 * <p>A checkpoint is published only when a completed checkpoint of Flink holds it, so that nothing
 * published is ever unknown to the state. If a crash comes just behind, it is published again,
 * which changes nothing.
 */
public final class LearnOperator extends AbstractStreamOperator<OutboundRecord>
    implements TwoInputStreamOperator<TrunkEvent, VersionStep, OutboundRecord> {
  public static final String UID = "learn";

  private static final String VERSIONS = "versions";
  private static final String LEARNED = "learned";
  private static final long serialVersionUID = 1L;
  private static final long LOOK_MS = 1_000;

  private final transient LearnSettings settings;
  private final transient Models models;
  private final transient MailboxExecutor mailbox;
  private final transient Shards shards;
  private transient @Nullable ListState<VersionTable> tableState;
  private transient @Nullable ListState<Learned> learnedState;
  private transient VersionTable table = VersionTable.EMPTY;
  private transient Learned learned = Learned.NOTHING;
  private transient @Nullable LearnedShards documents;
  private transient @Nullable Course course;

  /** Whether the version log's end at the start is reached. */
  private transient boolean current;

  /** The newest snapshot, and the candidate in it. */
  private transient long snapshot;

  private transient @Nullable Candidate inSnapshot;

  LearnOperator(
      StreamOperatorParameters<OutboundRecord> parameters, LearnSettings settings, Models models) {
    super(parameters);
    this.settings = settings;
    this.models = models;
    this.mailbox = parameters.getMailboxExecutor();
    this.shards = new Shards(settings.shards());
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    tableState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>(VERSIONS, VersionTable.class));
    learnedState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>(LEARNED, Learned.class));
    for (VersionTable restored : tableState.get()) {
      table = restored;
    }
    for (Learned restored : learnedState.get()) {
      learned = restored;
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    LearnMetrics numbers = new LearnMetrics(new OperatorMetrics(getMetricGroup()));
    LearnOutput out =
        new LearnOutput(output, new HeadFolder(settings.directory()), numbers, this::now);
    LearnedShards documents =
        new LearnedShards(
            getRuntimeContext(), settings, shard -> setCurrentKey(shards.key(shard)), out);
    Course.Machinery machinery =
        new Course.Machinery(settings, new Towers(models), new ModelThreads(UID, 1), this::mail);
    Course course = new Course(learned, documents, machinery, out);
    course.holds(learned.candidate());
    numbers.register(documents.passages());
    numbers.register(course::waiting);
    this.documents = documents;
    this.course = course;
    lookAgain();
  }

  @Override
  public void processElement1(StreamRecord<TrunkEvent> element) {
    opened(documents).take(element.getValue(), now());
    opened(course).documentsCame(now());
  }

  @Override
  public void processElement2(StreamRecord<VersionStep> element) {
    VersionProposal proposal = element.getValue().proposal();
    if (proposal == null) {
      current = true;
    } else {
      table = table.apply(proposal).table();
    }
    if (current) {
      opened(documents).forgetEnded(table);
      opened(course).follow(table, now());
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    Learned now = opened(course).learned();
    Objects.requireNonNull(tableState).update(List.of(table));
    Objects.requireNonNull(learnedState).update(List.of(now));
    snapshot = context.getCheckpointId();
    inSnapshot = now.candidate();
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    super.notifyCheckpointComplete(checkpoint);
    if (checkpoint == snapshot) {
      opened(course).holds(inSnapshot);
      opened(course).look(now());
    }
  }

  /** The threads end, and let go of the models, before the backend is disposed. */
  @Override
  public void close() throws Exception {
    if (course != null) {
      course.close();
    }
    super.close();
  }

  private void lookAgain() {
    var unused =
        getProcessingTimeService()
            .registerTimer(
                now() + LOOK_MS,
                fired -> {
                  opened(documents).ask(now());
                  opened(course).look(now());
                  lookAgain();
                });
  }

  // A mailbox that refuses belongs to a task that ends: a restore does it again
  private void mail(Runnable task) {
    try {
      mailbox.execute(task::run, "learn");
    } catch (RejectedExecutionException ignored) {
      return;
    }
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  private static <T> T opened(@Nullable T part) {
    return Objects.requireNonNull(part, "not open");
  }
}
