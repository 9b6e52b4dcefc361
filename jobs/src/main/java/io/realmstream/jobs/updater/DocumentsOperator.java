package io.realmstream.jobs.updater;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Refusals;
import io.realmstream.jobs.Shards;
import io.realmstream.model.freshness.PartitionRead;
import io.realmstream.model.freshness.ReadThrough;
import io.realmstream.model.freshness.TopicRead;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.vectors.Heartbeat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gate, split, diff, embed and publish: edits come in on the first input, version tables and
 * requests to publish a shard once more on the second, both keyed by document shard, and the
 * records of the vectors topic go out.
 *
 * <p>State is the work queue: an edit is accepted into state, embedded on threads beside the
 * task's, and published by a mail that finds it still wanted. A snapshot between the two drains
 * nothing; a restore embeds again.
 *
 * <p>At a start without state the first input has what was accepted before, too, see {@link
 * AcceptedBacklog}.
 *
 * <p>Each second a heartbeat goes to every partition of the vectors topic: the moment before the
 * earliest Kafka timestamp of an edit not published or, with none, how far all readers of the
 * documents topic have come (see {@link TopicRead}).
 */
final class DocumentsOperator extends AbstractStreamOperator<OutboundRecord>
    implements TwoInputStreamOperator<ShardEdit, ShardEvent, OutboundRecord> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DocumentsOperator.class);
  private static final long BEAT_MS = 1_000;

  /** By how much a producer's clock may be ahead of this machine's. */
  private static final long CLOCK_SKEW_MS = 60_000;

  private final transient UpdaterSettings settings;
  private final transient MailboxExecutor mailbox;
  private final transient Map<Integer, Shard> shards = new TreeMap<>();
  private transient @Nullable DocumentStates states;
  private transient @Nullable UpdaterOutput vectors;
  private transient @Nullable AcceptedBacklog accepted;
  private transient @Nullable DocumentGate gate;
  private transient @Nullable Embedding embedding;
  private transient @Nullable BuildProgress progress;
  private transient @Nullable Long run;
  private final transient TopicRead documents = new TopicRead();
  private transient boolean restored;
  private transient int partitions;

  DocumentsOperator(StreamOperatorParameters<OutboundRecord> parameters, UpdaterSettings settings) {
    super(parameters);
    this.settings = settings;
    this.mailbox = parameters.getMailboxExecutor();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    restored = context.isRestored();
    partitions = partitions(context);
  }

  /**
   * By how many partitions of the vectors topic this state has written, and goes on: a shard never
   * moves to another partition, where readers could meet its records before those of the old one.
   */
  private int partitions(StateInitializationContext context) throws Exception {
    ListState<Integer> written =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("vector-partitions", Types.INT));
    int found = settings.partitions();
    int partitions = found;
    for (int before : written.get()) {
      partitions = before;
    }
    if (partitions > found) {
      throw new IllegalStateException(
          "this state wrote %d partitions of the vectors topic, which has %d"
              .formatted(partitions, found));
    }
    if (partitions < found) {
      LOG.warn("{} of the vectors topic's {} partitions are written, as before", partitions, found);
    }
    written.update(List.of(partitions));
    return partitions;
  }

  @Override
  public void open() throws Exception {
    super.open();
    TaskInfo task = getRuntimeContext().getTaskInfo();
    DocumentStates states = new DocumentStates(getRuntimeContext(), settings, this::now);
    OperatorMetrics metrics = new OperatorMetrics(getMetricGroup());
    Refusals refusals =
        new Refusals(KnowledgeUpdater.DOCUMENTS, metrics, DeadLetters.Reason.EMBEDDING);
    UpdaterOutput vectors = new UpdaterOutput(output, refusals, settings, partitions);
    UpdaterMetrics numbers = new UpdaterMetrics(metrics);
    Publisher publisher = new Publisher(states, vectors, numbers, this::now);
    long suspectBefore = restored ? now() + CLOCK_SKEW_MS : Long.MIN_VALUE;
    Embedding.Context context =
        new Embedding.Context(
            states,
            publisher,
            vectors,
            mailbox,
            this::setCurrentKey,
            suspectBefore,
            settings.versions().checkedPassages());
    Embedding embedding =
        new Embedding(
            context, settings.models(), settings.pool(task.getNumberOfParallelSubtasks()));
    this.states = states;
    this.vectors = vectors;
    this.accepted = new AcceptedBacklog(getRuntimeContext(), context, restored);
    this.gate = new DocumentGate(context, accepted, embedding, numbers);
    this.embedding = embedding;
    embedding.register(numbers);
    this.progress = new BuildProgress(numbers);
    loadShards(states, vectors, accepted);
    embedding.open(shards.values());
    var unused = getProcessingTimeService().registerTimer(now() + BEAT_MS, this::beat);
  }

  // A shard's number is that of its key group: the range says which shards are this subtask's
  private void loadShards(DocumentStates states, UpdaterOutput vectors, AcceptedBacklog accepted)
      throws Exception {
    long run = UUID.randomUUID().getMostSignificantBits();
    Shards numbering = new Shards(settings.shards());
    TaskInfo task = getRuntimeContext().getTaskInfo();
    KeyGroupRange range =
        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
            settings.shards(), task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask());
    for (int number : range) {
      Shard shard = new Shard(number, numbering.key(number));
      setCurrentKey(shard.key);
      states.load(shard);
      accepted.load(shard);
      vectors.begin(number, run, states.sent());
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
      opened(embedding).versions(shard);
    } else {
      opened(gate).take(shard, arriving);
    }
    // After the state has changed: what is embedded meanwhile may set another key
    while (opened(embedding).editTasks() >= settings.pendingDocumentsMax()) {
      mailbox.yield();
    }
  }

  @Override
  public void processElement2(StreamRecord<ShardEvent> element) throws Exception {
    ShardEvent event = element.getValue();
    Shard shard = shard(event.shard());
    VersionTable table = event.table();
    if (table == null) {
      opened(embedding).republish(shard);
      return;
    }
    run = run == null ? event.run() : Math.max(run, event.run());
    opened(states).table(shard, table);
    opened(embedding).versions(shard);
  }

  /** Up to which record each shard's state knows what was sent. */
  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    for (Shard shard : shards.values()) {
      setCurrentKey(shard.key);
      opened(states).sent(opened(vectors).last(shard.number));
    }
    super.snapshotState(context);
  }

  /** Every accepted edit is published when the input ends. */
  @Override
  public void finish() throws Exception {
    while (!opened(embedding).isIdle() || !opened(accepted).isIdle()) {
      mailbox.yield();
    }
    super.finish();
  }

  /** The threads end, and let go of the models, before the backend is disposed. */
  @Override
  public void close() throws Exception {
    if (embedding != null) {
      embedding.close();
    }
    super.close();
  }

  private void beat(long now) {
    opened(progress).look(shards.values(), now);
    opened(embedding).retry();
    Long run = this.run;
    if (run != null) {
      TaskInfo task = getRuntimeContext().getTaskInfo();
      opened(vectors)
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
    if (!shards.values().stream().allMatch(shard -> shard.acceptedRead)) {
      return PartitionRead.NOTHING;
    }
    Long oldest = opened(embedding).oldest();
    // the oldest is not published: what came up to the moment before is
    return oldest == null ? documents.throughMs() : Math.min(oldest - 1, documents.throughMs());
  }

  private Shard shard(int number) {
    return Objects.requireNonNull(shards.get(number), "shard of another subtask");
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  private static <T> T opened(@Nullable T part) {
    return Objects.requireNonNull(part, "not open");
  }
}
