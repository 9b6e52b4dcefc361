package io.realmstream.jobs.retriever.query;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.versions.VersionStep;
import io.realmstream.model.onnx.SharedModels;
import io.realmstream.model.task.AnswerTasks;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.query.FreshnessMark;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.version.VersionProposal;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Stamps each query with the ACTIVE version, once this process has its models open, or with the
 * version that the query names, see {@link NamedVersions}. All later operators use that stamp.
 * Models open in the background, while the version before goes on serving. Only a restored job
 * waits for them, before its first query. Models that fail to open are tried again, see {@link
 * SharedModels}.
 *
 * <p>A start follows the version log from its end on: what was ACTIVE before then is not opened.
 *
 * <p>With it goes the newest mark of what was said of the index's freshness: what it names was true
 * before the query was stamped.
 *
 * <p>State: the version table, folded from the log, broadcast.
 */
public final class StampFunction
    extends BroadcastProcessFunction<QueryRequest, StampInput, StampedQuery>
    implements CheckpointedFunction {
  public static final String UID = "stamp";
  public static final MapStateDescriptor<Integer, VersionTable> VERSIONS =
      new MapStateDescriptor<>("versions", Integer.class, VersionTable.class);

  private static final long serialVersionUID = 1L;
  private static final Integer TABLE = 0;
  private static final String LOG_IS_READ = "the version log is being read";

  /**
   * How long questions may wait for the models of the first version, all of them together: the wait
   * holds this task, and with it every checkpoint.
   */
  private static final Duration FIRST_WAIT_MAX = Duration.ofSeconds(30);

  /** How often, at most, what failed to open is asked for again. */
  private static final long RETRY_MS = 1_000;

  private final Models models;
  private final int shards;
  private final Duration firstWaitMax;
  private transient volatile @Nullable ServedVersion serving;
  private transient @Nullable ServedVersion next;
  private transient NamedVersions others;
  private transient Answers answers;
  private transient @Nullable FreshnessMark mark;
  private transient int awaitedVersion;
  private transient long awaitUntilNanos;

  /** Whether the log's end at the start is reached. */
  private transient volatile boolean current;

  private transient volatile int failing;
  private transient long triedMs;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public StampFunction(Models models, int shards) {
    this(models, shards, FIRST_WAIT_MAX);
  }

  StampFunction(Models models, int shards, Duration firstWaitMax) {
    this.models = models;
    this.shards = shards;
    this.firstWaitMax = firstWaitMax;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    BroadcastState<Integer, VersionTable> state =
        context.getOperatorStateStore().getBroadcastState(VERSIONS);
    if (state.contains(TABLE)) {
      follow(state.get(TABLE).active());
      ServedVersion opening = next;
      if (opening != null) {
        var unused = opening.opened().exceptionally(failure -> null).join();
        switchWhenOpen();
      }
    }
  }

  @Override
  public void open(OpenContext context) {
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    answers = new Answers(metrics);
    metrics.gauge("version", this::servedNumber);
    metrics.gauge("versionFailing", () -> failing);
    metrics.gauge("modelsFailed", SharedModels::failures);
    others = new NamedVersions(models, shards);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // the broadcast state is kept up to date by every proposal
  }

  @Override
  public void processBroadcastElement(
      StampInput input, Context context, Collector<StampedQuery> out) throws Exception {
    if (input.step() != null) {
      step(input.step(), context.getBroadcastState(VERSIONS));
    } else {
      mark = input.mark();
      switchOrRetry(context.currentProcessingTime()); // there may be no question for long
      others.closeIdle(context.currentProcessingTime());
    }
  }

  private void step(VersionStep step, BroadcastState<Integer, VersionTable> state)
      throws Exception {
    VersionProposal proposal = step.proposal();
    VersionTable before = state.contains(TABLE) ? state.get(TABLE) : VersionTable.EMPTY;
    VersionTable after = proposal == null ? before : before.apply(proposal).table();
    state.put(TABLE, after);
    current |= proposal == null;
    if (current) {
      leaveRetired(after);
      follow(after.active());
    }
  }

  @Override
  public void processElement(
      QueryRequest request, ReadOnlyContext context, Collector<StampedQuery> out) throws Exception {
    if (request.deadlineMs() <= context.currentProcessingTime()) {
      String late = Answers.late(request.query(), "before the query was read");
      context.output(Answers.EARLY, answers.refusal(request, AnswerStatus.TIMED_OUT, late));
      return;
    }
    Integer wanted = request.query().scope().version();
    if (serving == null && next != null && wanted == null) {
      awaitFirst(next, request.deadlineMs() - context.currentProcessingTime());
    }
    switchOrRetry(context.currentProcessingTime());
    ServedVersion version = serving;
    if (wanted != null && (version == null || wanted != version.entry().version())) {
      NamedVersions.Named named =
          others.get(wanted, table(context), context.currentProcessingTime());
      version = named.version();
      if (version == null) {
        String why = current ? Objects.requireNonNull(named.refusal()) : LOG_IS_READ;
        context.output(
            Answers.EARLY, answers.refusal(request, AnswerStatus.UNAVAILABLE_VERSION, why));
        return;
      }
    }
    if (version == null) {
      context.output(Answers.EARLY, unserved(request));
      return;
    }
    QueryKind kind = request.query().kind();
    String refusal = AnswerTasks.refusal(kind, version.entry().checkpoint());
    if (refusal != null) {
      context.output(Answers.EARLY, answers.refusal(request, AnswerStatus.INVALID, refusal));
      return;
    }
    out.collect(
        new StampedQuery(
            request,
            context.currentProcessingTime(),
            version.version(kind),
            version.entry().index(),
            version.entry().checkpoint(),
            version.entry().complete(),
            mark,
            version.whiteSpace()));
  }

  private static VersionTable table(ReadOnlyContext context) throws Exception {
    VersionTable table = context.getBroadcastState(VERSIONS).get(TABLE);
    return table == null ? VersionTable.EMPTY : table;
  }

  @Override
  public void close() {
    if (others != null) {
      others.close();
    }
    if (serving != null) {
      serving.close();
    }
    if (next != null) {
      next.close();
    }
  }

  /** The vectors of a retired version go away: better no answer than one from what is left. */
  private void leaveRetired(VersionTable table) {
    ServedVersion version = serving;
    if (version != null && !table.isIndexWritten(version.entry().index())) {
      version.close();
      serving = null;
    }
  }

  /** Begins to open a version that became active; one that is open already is renewed at once. */
  private void follow(@Nullable VersionEntry active) {
    if (active == null) {
      return;
    }
    ServedVersion before = next;
    next = new ServedVersion(active, models, shards);
    if (before != null) {
      before.close(); // not earlier: what both use stays open
    }
    if (failing != active.version()) {
      failing = 0;
    }
    switchWhenOpen();
  }

  /**
   * Before the first version there is nothing that a wait could hold up but checkpoints: so it is
   * bounded, by the first question's wait for all of them.
   */
  private void awaitFirst(ServedVersion opening, long atMostMs) throws InterruptedException {
    if (awaitedVersion != opening.entry().version()) {
      awaitedVersion = opening.entry().version();
      awaitUntilNanos = System.nanoTime() + firstWaitMax.toNanos();
    }
    long leftNanos =
        Math.min(TimeUnit.MILLISECONDS.toNanos(atMostMs), awaitUntilNanos - System.nanoTime());
    try {
      var unused = opening.opened().get(Math.max(leftNanos, 0), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return; // the answer will say so
    }
  }

  private void switchWhenOpen() {
    ServedVersion opening = next;
    if (opening == null || !opening.opened().isDone()) {
      return;
    }
    if (opening.isOpen()) {
      if (serving != null) {
        serving.close();
      }
      serving = opening;
      next = null;
      failing = 0;
    } else {
      failing = opening.entry().version();
    }
  }

  private void switchOrRetry(long nowMs) {
    switchWhenOpen();
    ServedVersion opening = next;
    boolean isPause = triedMs <= nowMs && nowMs < triedMs + RETRY_MS;
    if (opening != null && opening.opened().isDone() && !isPause) {
      triedMs = nowMs;
      follow(opening.entry());
    }
  }

  private OutboundRecord unserved(QueryRequest request) {
    ServedVersion opening = next;
    if (opening != null) {
      return answers.refusal(
          request,
          AnswerStatus.UNAVAILABLE_VERSION,
          "version " + opening.entry().version() + " " + opening.whyNotOpen());
    }
    return current
        ? answers.refusal(request, AnswerStatus.NO_INDEX, "no index version is active")
        : answers.refusal(request, AnswerStatus.UNAVAILABLE_VERSION, LOG_IS_READ);
  }

  /** -1 = not known: none was restored, and the log is not read. */
  private int servedNumber() {
    ServedVersion version = serving;
    int none = current ? 0 : -1;
    return version == null ? none : version.entry().version();
  }
}
