package io.realmstream.jobs.updater.documents;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.ModelThreads;
import io.realmstream.jobs.Models;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Refusals;
import io.realmstream.jobs.Shards;
import io.realmstream.model.freshness.PartitionRead;
import io.realmstream.model.freshness.ReadThrough;
import io.realmstream.model.freshness.TopicRead;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.build.BuildProgress;
import io.realmstream.model.updating.publish.AcceptedBacklog;
import io.realmstream.model.updating.publish.EmbedWork;
import io.realmstream.model.updating.publish.Publisher;
import io.realmstream.model.updating.schedule.DocumentGate;
import io.realmstream.model.updating.schedule.EmbedPool;
import io.realmstream.model.updating.schedule.Scheduler;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.vectors.Heartbeat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Gate, split, diff, embed and publish: edits come in on the first input, version tables and
 * requests to publish a shard once more on the second, both keyed by document shard, and the
 * records of the vectors topic go out.
 *
 * <p>An edit is accepted into state, embedded on other threads, and published by a mail if it is
 * still wanted. A snapshot waits for none of this: a restore embeds again.
 *
 * <p>At a start without state the first input has what was accepted before, too, see {@link
 * AcceptedBacklog}.
 *
 * <p>Each second a heartbeat goes to every partition of the vectors topic: the moment before the
 * earliest Kafka timestamp of an edit not published or, with none, how far all readers of the
 * documents topic have come (see {@link TopicRead}).
 */
public final class DocumentsOperator extends AbstractStreamOperator<OutboundRecord>
    implements TwoInputStreamOperator<ShardEdit, ShardEvent, OutboundRecord> {
  public static final String UID = "documents";

  private static final long serialVersionUID = 1L;
  private static final long BEAT_MS = 1_000;

  /** By how much a producer's clock may be ahead of this machine's. */
  private static final long CLOCK_SKEW_MS = 60_000;

  private final transient DocumentsSettings settings;
  private final transient Models models;
  private final transient MailboxExecutor mailbox;
  private final transient Map<Integer, Shard> shards = new TreeMap<>();
  private transient @Nullable DocumentsOutput documentsOutput;
  private transient @Nullable AcceptedBacklog accepted;
  private transient @Nullable DocumentGate gate;
  private transient @Nullable EmbedPool pool;
  private transient @Nullable Scheduler scheduler;
  private transient @Nullable BuildProgress progress;
  private transient @Nullable UpdaterMetrics numbers;
  private transient @Nullable Long run;
  private final transient TopicRead documents = new TopicRead();
  private transient boolean restored;
  private transient long restoredCheckpoint;
  private transient int partitions;

  DocumentsOperator(
      StreamOperatorParameters<OutboundRecord> parameters,
      DocumentsSettings settings,
      Models models) {
    super(parameters);
    this.settings = settings;
    this.models = models;
    this.mailbox = parameters.getMailboxExecutor();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    restored = context.isRestored();
    restoredCheckpoint = context.getRestoredCheckpointId().orElse(0);
    partitions = WrittenPartitions.of(context, settings.partitions());
  }

  @Override
  public void open() throws Exception {
    super.open();
    OperatorMetrics metrics = new OperatorMetrics(getMetricGroup());
    UpdaterMetrics numbers = new UpdaterMetrics(metrics);
    Refusals refusals = new Refusals(UID, metrics, DeadLetters.Reason.EMBEDDING);
    DocumentsOutput output =
        new DocumentsOutput(super.output, refusals, numbers, settings.writing(partitions));
    this.documentsOutput = output;
    loadShards(output);
    Publisher publisher = new Publisher(output, UID, this::now, settings.embed().tellsTrunks());
    Executor mails = task -> mailbox.execute(task::run, "update documents");
    TaskInfo task = getRuntimeContext().getTaskInfo();
    EmbedPool.Size size = settings.embed().size(task.getNumberOfParallelSubtasks());
    pool = new EmbedPool(size, ModelThreads::questionsAreAtWork, this::embedded, this::failed);
    long suspectBefore = restored ? now() + CLOCK_SKEW_MS : Long.MIN_VALUE;
    Scheduler scheduler =
        new Scheduler(
            shards.values(),
            new Scheduler.Settings(size.threads(), settings.checkedPassages(), suspectBefore),
            publisher,
            new Scheduler.Machinery(models::encoder, pool::add, mails));
    this.scheduler = scheduler;
    accepted = new AcceptedBacklog(output, shards.values(), mails, restored);
    gate = new DocumentGate(publisher, accepted, scheduler, output);
    progress = scheduler.progress();
    numbers.register(scheduler, pool);
    numbers.restored(restoredCheckpoint);
    this.numbers = numbers;
    scheduler.run();
    var unused = getProcessingTimeService().registerTimer(now() + BEAT_MS, this::beat);
  }

  // A shard's number is that of its key group: the range says which shards are this subtask's
  private void loadShards(DocumentsOutput output) {
    long run = UUID.randomUUID().getMostSignificantBits();
    Shards numbering = new Shards(settings.shards());
    TaskInfo task = getRuntimeContext().getTaskInfo();
    KeyGroupRange range =
        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
            settings.shards(), task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask());
    ShardStates states =
        new ShardStates(getRuntimeContext(), settings, this::now, this::setCurrentKey);
    for (int number : range) {
      Shard shard = states.open(number, numbering.key(number));
      output.begin(number, run, shard.sent());
      shards.put(number, shard);
    }
  }

  @Override
  public void processElement1(StreamRecord<ShardEdit> element) throws Exception {
    ShardEdit arriving = element.getValue();
    ReadThrough through = arriving.through();
    if (through != null) {
      documents.take(through);
      return;
    }
    Shard shard = shard(arriving.shard());
    if (arriving.isEnd()) {
      opened(accepted).read(shard);
      opened(scheduler).versions(shard);
    } else {
      opened(gate).take(shard, arriving.received(), arriving.order(), arriving.recorded());
    }
    while (opened(scheduler).editTasks() >= settings.pendingMax()) {
      mailbox.yield();
    }
  }

  @Override
  public void processElement2(StreamRecord<ShardEvent> element) throws Exception {
    ShardEvent event = element.getValue();
    Shard shard = shard(event.shard());
    VersionTable table = event.table();
    if (table == null) {
      opened(scheduler).republish(shard);
      return;
    }
    run = run == null ? event.run() : Math.max(run, event.run());
    shard.follow(table);
    opened(scheduler).versions(shard);
  }

  /** Up to which record each shard's state knows what was sent. */
  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    for (Shard shard : shards.values()) {
      shard.sent(opened(documentsOutput).last(shard.number()));
    }
    super.snapshotState(context);
  }

  /** Every accepted edit is published when the input ends. */
  @Override
  public void finish() throws Exception {
    while (!opened(scheduler).isIdle() || !opened(accepted).isIdle()) {
      mailbox.yield();
    }
    super.finish();
  }

  /** The threads end, and let go of the models, before the backend is disposed. */
  @Override
  public void close() throws Exception {
    if (pool != null) {
      pool.close();
    }
    if (scheduler != null) {
      scheduler.close();
    }
    super.close();
  }

  private void beat(long now) {
    BuildProgress progress = opened(this.progress);
    for (int version : progress.look(now)) {
      opened(numbers).version(version, () -> progress.of(version));
    }
    opened(numbers).oldest(opened(scheduler).oldest());
    opened(scheduler).retry();
    Long run = this.run;
    if (run != null) {
      TaskInfo task = getRuntimeContext().getTaskInfo();
      opened(documentsOutput)
          .beat(
              new Heartbeat(
                  run,
                  task.getIndexOfThisSubtask(),
                  task.getNumberOfParallelSubtasks(),
                  Heartbeat.through(throughMs()),
                  partitions,
                  settings.shards(),
                  documents.next(),
                  List.of()));
    }
    var unused = getProcessingTimeService().registerTimer(now() + BEAT_MS, this::beat);
  }

  /** Nothing before the topic of accepted edits has been read. */
  private long throughMs() {
    if (!shards.values().stream().allMatch(Shard::acceptedRead)) {
      return PartitionRead.NOTHING;
    }
    Long oldest = opened(scheduler).oldest();
    // the oldest is not published: what came up to the moment before is
    return oldest == null ? documents.throughMs() : Math.min(oldest - 1, documents.throughMs());
  }

  private Shard shard(int number) {
    return Objects.requireNonNull(shards.get(number), "shard of another subtask");
  }

  private void embedded(EmbedWork work) {
    mail(() -> opened(scheduler).embedded(work), "document embedded");
  }

  private void failed(Throwable failure) {
    mail(
        () -> {
          throw new IllegalStateException("an embedding thread failed", failure);
        },
        "embedding thread failed");
  }

  // A mailbox that refuses belongs to a task that ends: nobody needs the result any more
  private void mail(ThrowingRunnable<Exception> action, String description) {
    try {
      mailbox.execute(action, description);
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
