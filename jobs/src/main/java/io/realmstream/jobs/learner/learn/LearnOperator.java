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
import io.realmstream.model.learning.live.ReadTimes;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.VersionProposal;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.operators.MailboxExecutor;
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

  private static final long serialVersionUID = 1L;
  private static final long LOOK_MS = 1_000;

  /** Held events beyond which reading slows down while a window waits to be learned. */
  static final int HELD_MAX = 10_000;

  private static final long REST_NANOS = 50_000_000;
  private static final long LOOK_NANOS = 1_000_000;

  private final transient LearnSettings settings;
  private final transient Models models;
  private final transient MailboxExecutor mailbox;
  private final transient Shards shards;
  private transient @Nullable LearnState state;
  private transient VersionTable table = VersionTable.EMPTY;
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
    state = new LearnState(context.getOperatorStateStore());
  }

  @Override
  public void open() throws Exception {
    super.open();
    LearnState.Entries restored = opened(state).get();
    table = restored.versions();
    LearnMetrics numbers = new LearnMetrics(new OperatorMetrics(getMetricGroup()));
    LearnOutput out =
        new LearnOutput(output, new HeadFolder(settings.directory()), numbers, this::now);
    LearnedShards documents = new LearnedShards(getRuntimeContext(), settings, this::setShard, out);
    ModelThreads passes = new ModelThreads(UID, 1);
    Guard guard =
        new Guard(
            new Guard.Machinery(new Towers(models), passes, this::mail), out, restored.judged());
    Course.Machinery machinery =
        new Course.Machinery(settings, new Towers(models), passes, this::mail, guard);
    Course course = new Course(restored.learned(), documents, machinery, out);
    course.holds(restored.learned().candidate());
    numbers.register(documents.passages());
    numbers.register(documents.feedback().live());
    numbers.register(course::waiting);
    this.documents = documents;
    this.course = course;
    this.guard = guard;
    HeldEvents events = loaded(restored.read());
    numbers.held(events == null ? () -> 0 : events::size);
    held = events;
    lookAgain();
  }

  /** Null = documents count as they arrive; what was held until now counts, too. */
  private @Nullable HeldEvents loaded(ReadTimes read) {
    HeldEvents events =
        new HeldEvents(getRuntimeContext(), this::setShard, read, settings.windowMs());
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
    HeldEvents events = held;
    if (event.feedback() != null) {
      opened(documents).feedback().take(event);
      opened(course).feedbackCame();
    } else if (events != null) {
      restWhileBehind(events);
      setShard(event.shard());
      events.take(event);
    } else if (!event.isHeartbeat()) {
      take(event);
    }
  }

  /**
   * What is read while much waits to be learned takes its time, so that little is added to it. It
   * never waits for long, so that barriers of Flink's checkpoints come through.
   */
  private void restWhileBehind(HeldEvents events) {
    long until = System.nanoTime() + REST_NANOS;
    while (events.size() >= HELD_MAX && events.isDue() && System.nanoTime() < until) {
      if (!mailbox.tryYield()) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
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
    ReadTimes read = held == null ? ReadTimes.NONE : held.times();
    opened(state).update(new LearnState.Entries(table, now, read, opened(guard).judged()));
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

  /** What is held back, where order is held. */
  HeldEvents held() {
    return opened(held);
  }

  Course course() {
    return opened(course);
  }

  Guard guard() {
    return opened(guard);
  }

  private void lookAgain() {
    var unused =
        getProcessingTimeService()
            .registerTimer(
                now() + LOOK_MS,
                fired -> {
                  opened(documents).ask(now());
                  goOn();
                  lookAgain();
                });
  }

  /** Window by window, as long as nothing is left to learn. */
  private void goOn() {
    Course course = opened(this.course);
    HeldEvents events = held;
    course.look(now());
    while (events != null && course.isAtRest() && events.release(this::take)) {
      course.look(now());
    }
  }

  // A mailbox that refuses belongs to a task that ends: a restore does it again
  private void mail(Runnable task) {
    try {
      mailbox.execute(
          () -> {
            task.run();
            if (held != null) {
              goOn();
            }
          },
          "learn");
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
