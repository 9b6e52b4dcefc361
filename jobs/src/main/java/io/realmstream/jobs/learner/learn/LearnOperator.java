package io.realmstream.jobs.learner.learn;

import io.realmstream.jobs.ModelThreads;
import io.realmstream.jobs.Models;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.learner.held.HeldEvents;
import io.realmstream.jobs.learner.towers.Towers;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.jobs.versions.VersionStep;
import io.realmstream.model.learning.live.OffsetWindow;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.VersionProposal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
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
 * <p>Where order is held, documents count window by window: the next when all of the one before was
 * learned.
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
  private static final String WINDOW = "window";
  private static final String JUDGED = "judged";
  private static final long serialVersionUID = 1L;
  private static final long LOOK_MS = 1_000;

  private final transient LearnSettings settings;
  private final transient Models models;
  private final transient MailboxExecutor mailbox;
  private final transient Shards shards;
  private transient @Nullable ListState<VersionTable> tableState;
  private transient @Nullable ListState<Learned> learnedState;
  private transient @Nullable ListState<OffsetWindow> windowState;
  private transient @Nullable ListState<Integer> judgedState;
  private transient VersionTable table = VersionTable.EMPTY;
  private transient Learned learned = Learned.NOTHING;
  private transient @Nullable OffsetWindow window;
  private transient int judged;
  private transient @Nullable LearnedShards documents;
  private transient @Nullable Course course;
  private transient @Nullable Guard guard;

  /** Null = no order is held. */
  private transient @Nullable HeldEvents held;

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
    OperatorStateStore store = context.getOperatorStateStore();
    tableState = store.getListState(new ListStateDescriptor<>(VERSIONS, VersionTable.class));
    learnedState = store.getListState(new ListStateDescriptor<>(LEARNED, Learned.class));
    windowState = store.getListState(new ListStateDescriptor<>(WINDOW, OffsetWindow.class));
    judgedState = store.getListState(new ListStateDescriptor<>(JUDGED, Integer.class));
    table = restored(tableState, table);
    learned = restored(learnedState, learned);
    for (OffsetWindow each : windowState.get()) {
      window = each;
    }
    judged = restored(judgedState, judged);
  }

  private static <T> T restored(ListState<T> state, T otherwise) throws Exception {
    T last = otherwise;
    for (T each : state.get()) {
      last = each;
    }
    return last;
  }

  @Override
  public void open() throws Exception {
    super.open();
    LearnMetrics numbers = new LearnMetrics(new OperatorMetrics(getMetricGroup()));
    LearnOutput out =
        new LearnOutput(output, new HeadFolder(settings.directory()), numbers, this::now);
    LearnedShards documents = new LearnedShards(getRuntimeContext(), settings, this::setShard, out);
    ModelThreads passes = new ModelThreads(UID, 1);
    Guard guard =
        new Guard(new Guard.Machinery(new Towers(models), passes, this::mail), out, judged);
    Course.Machinery machinery =
        new Course.Machinery(settings, new Towers(models), passes, this::mail, guard);
    Course course = new Course(learned, documents, machinery, out);
    course.holds(learned.candidate());
    numbers.register(documents.passages());
    numbers.register(course::waiting);
    this.documents = documents;
    this.course = course;
    this.guard = guard;
    HeldEvents events = held();
    numbers.held(events == null ? () -> 0 : events::size);
    held = events;
    lookAgain();
  }

  /** Null = documents count as they arrive; what was held until now counts, too. */
  private @Nullable HeldEvents held() {
    OffsetWindow open = window == null ? OffsetWindow.first(settings.window()) : window;
    HeldEvents events =
        new HeldEvents(getRuntimeContext(), this::setShard, open, settings.window());
    events.load(settings.shards());
    if (settings.holdsOrder()) {
      return events;
    }
    events.releaseAll(this::take);
    return null;
  }

  @Override
  public void processElement1(StreamRecord<TrunkEvent> element) {
    TrunkEvent event = element.getValue();
    OffsetWindow.Mark mark = event.mark();
    HeldEvents events = held;
    if (mark != null) {
      if (events != null) {
        events.read(mark);
      }
    } else if (events != null && event.vectors() != null) {
      events.hold(event);
    } else {
      take(event);
    }
  }

  private void take(TrunkEvent event) {
    opened(documents).take(event, now());
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
    Objects.requireNonNull(windowState).update(held == null ? List.of() : List.of(held.window()));
    Objects.requireNonNull(judgedState).update(List.of(opened(guard).judged()));
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

  /** The window that is being read, where order is held. */
  OffsetWindow window() {
    return opened(held).window();
  }

  /** Whether all was learned that is to be learned. */
  boolean isAtRest() {
    return opened(course).isAtRest();
  }

  /** Whether a version is being judged. */
  boolean looksBack() {
    return opened(guard).runs();
  }

  Learned learned() {
    return opened(course).learned();
  }

  private void lookAgain() {
    var unused =
        getProcessingTimeService()
            .registerTimer(
                now() + LOOK_MS,
                fired -> {
                  opened(documents).ask(now());
                  HeldEvents events = held;
                  if (events != null && opened(course).isAtRest()) {
                    events.release(this::take);
                  }
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

  private void setShard(int shard) {
    setCurrentKey(shards.key(shard));
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  private static <T> T opened(@Nullable T part) {
    return Objects.requireNonNull(part, "not open");
  }
}
