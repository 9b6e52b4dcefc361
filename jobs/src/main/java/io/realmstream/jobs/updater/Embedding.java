package io.realmstream.jobs.updater;

import io.realmstream.jobs.Models;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ManifestEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Brings the documents of one subtask that lack vectors through the embedding threads: edits first,
 * then what the walks find. Everything but the threads' steps runs on the task's thread, one mail
 * or one element at a time.
 *
 * <p>Nothing here needs to be drained for a snapshot: which documents lack vectors follows from the
 * state, and {@link #open} finds them again.
 */
final class Embedding implements AutoCloseable {
  /** Edits in the threads' hands at a time: bounds the texts in memory, and keeps turns short. */
  private static final int EDITS_STARTED_MAX = 16;

  /** The same for rebuilds, for each thread: an edit that comes waits behind so many passages. */
  private static final int REBUILDS_STARTED_PER_THREAD = 2;

  /**
   * What the scheduler works with.
   *
   * @param key sets the Flink key
   * @param suspectBefore edits with an earlier Kafka timestamp may have been published by a run
   *     whose state is lost; see {@link Task#isWhole}
   * @param sampleMax passages of a shard that a self-check embeds afresh
   */
  record Context(
      DocumentStates states,
      Publisher publisher,
      UpdaterOutput output,
      MailboxExecutor mailbox,
      Consumer<Integer> key,
      long suspectBefore,
      int sampleMax) {}

  private final Context context;
  private final DocumentStates states;
  private final int threads;
  private final EmbedPool pool;
  private final Encoders encoders;
  private final WorkQueue queue = new WorkQueue();
  private final Walks walks;
  private final SelfChecks checks;
  private final WrittenVersions versions;
  private final Republications republications;
  private final Map<Integer, Integer> startedByVersion = new HashMap<>();
  private int editsStarted;
  private int rebuildsStarted;

  /** Whether a mail to go on is under way. */
  private boolean posted;

  Embedding(Context context, Models models, EmbedPool.Size size) {
    this.context = context;
    this.states = context.states();
    this.threads = size.threads();
    this.pool = new EmbedPool(size, this::post, this::postFailure);
    this.encoders = new Encoders(models, context.mailbox(), this::encoderEnded);
    this.walks = new Walks(context, queue);
    this.checks = new SelfChecks(context, encoders, walks, this::embed);
    this.versions = new WrittenVersions(context, encoders, walks, checks);
    this.republications = new Republications(context, queue, encoders);
  }

  /** Finds what a restored state left to do. */
  void open(Collection<Shard> shards) throws Exception {
    for (Shard shard : shards) {
      context.key().accept(shard.key);
      for (Map.Entry<String, Long> pending : states.pending()) {
        queue.edit(shard, pending.getKey(), pending.getValue());
      }
    }
    versions.open(shards);
    republications.open(shards);
    dispatch();
  }

  /** Takes in a shard's new version table; the Flink key is the shard's. */
  void versions(Shard shard) throws Exception {
    versions.update(shard);
    dispatch();
  }

  /** Publishes a shard once more; the Flink key is the shard's. */
  void republish(Shard shard) throws Exception {
    republications.ask(shard);
    dispatch();
  }

  /** Takes the edit that a document wants now; the Flink key is the shard's. */
  void edit(Shard shard, String id, long timestamp) throws Exception {
    versions.note(shard, timestamp);
    if (versions.takesEdits(shard)) {
      states.pend(id, timestamp);
      queue.edit(shard, id, timestamp);
      dispatch();
    }
  }

  /** Edits that wait or are being embedded. */
  int editTasks() {
    return queue.editTasks();
  }

  /** Kafka timestamp of the earliest edit not published where it is awaited; null = none. */
  @Nullable Long oldest() {
    return versions.earliest(queue.oldest());
  }

  /** Whether there is nothing to do until the next input. */
  boolean isIdle() {
    return queue.tasks() == 0
        && rebuildsStarted == 0
        && walks.isIdle()
        && republications.isIdle()
        && !encoders.opening();
  }

  /** Tries again what did not open; to be called every second or so. */
  void retry() {
    encoders.retry();
  }

  void register(UpdaterMetrics metrics) {
    encoders.register(metrics);
    metrics.gauge("editsPending", queue::editTasks);
    metrics.gauge("documentsQueued", queue::tasks);
    pool.register(metrics);
  }

  /** Stops the threads, then lets go of what they use. */
  @Override
  public void close() {
    pool.close();
    encoders.close();
  }

  private void encoderEnded(int version) throws Exception {
    versions.encoderEnded(version);
    dispatch();
  }

  private void dispatch() throws Exception {
    versions.release(version -> startedByVersion.getOrDefault(version, 0) > 0);
    if (!versions.isReady()) {
      return;
    }
    Task task;
    while (editsStarted < EDITS_STARTED_MAX && (task = queue.pollEdit()) != null) {
      start(task);
    }
    walks.advance();
    for (Shard shard : walks.takeExhausted()) {
      versions.completeWalks(shard);
    }
    republications.advance();
    while (rebuildsStarted < REBUILDS_STARTED_PER_THREAD * threads
        && (task = queue.pollRebuild()) != null) {
      start(task);
    }
    if (!posted && (walks.hasMore() || republications.hasMore())) {
      posted = true;
      context.mailbox().execute(this::walkOn, "walk on");
    }
  }

  private void walkOn() throws Exception {
    posted = false;
    dispatch();
  }

  /** Embeds the document in the next version that lacks it, or ends the task. */
  private void start(Task task) throws Exception {
    context.key().accept(task.shard.key);
    WantedEdit wanted = states.wanted(task.id);
    WrittenVersions.Lacking lacking =
        wanted == null ? null : versions.lacking(task.shard, task.id, wanted);
    if (wanted != null && lacking == null) {
      lacking = versions.again(task, wanted);
    }
    if (wanted == null || lacking == null) {
      states.settle(task.id);
      queue.done(task);
      versions.completeWalks(task.shard);
    } else if (!lacking.mayWait() || !queue.follow(task)) {
      embed(new EmbedWork(order(task, wanted, lacking)));
    }
  }

  private EmbedWork.Order order(Task task, WantedEdit wanted, WrittenVersions.Lacking lacking)
      throws Exception {
    PublishedDocument before = lacking.before();
    Set<Hash128> uids =
        before == null
            ? Set.of()
            : before.manifest().stream().map(ManifestEntry::uid).collect(Collectors.toSet());
    return new EmbedWork.Order(
        task,
        lacking.version(),
        wanted,
        lacking.encoder(),
        WrittenVersions.isBehind(task.shard, lacking.version()),
        uids,
        task.isWhole(lacking.version(), context.suspectBefore()),
        states.trunks().of(task.shard, task.id, lacking.version()),
        null);
  }

  private void embed(EmbedWork work) {
    count(work, 1);
    pool.add(work);
  }

  private void count(EmbedWork work, int change) {
    if (work.edit) {
      editsStarted += change;
    } else {
      rebuildsStarted += change;
    }
    startedByVersion.merge(work.order.version(), change, Integer::sum);
  }

  private void completed(EmbedWork work) throws Exception {
    count(work, -1);
    Task task = work.order.task();
    context.key().accept(task.shard.key);
    SelfCheck check = work.order.check();
    if (check != null) {
      checks.embedded(work, check);
      versions.completeWalks(task.shard);
      dispatch();
      return;
    }
    WantedEdit wanted = states.wanted(task.id);
    if (wanted == null || !wanted.state().equals(work.order.wanted().state())) {
      queue.again(task);
    } else {
      if (versions.isWritten(task.shard, work.order.version())) {
        publish(work);
      }
      start(task);
    }
    dispatch();
  }

  private void publish(EmbedWork work) throws Exception {
    String failure = work.failure();
    if (failure == null) {
      context.publisher().publish(work);
      if (work.order.whole()) {
        work.order.task().again.remove(work.order.version());
      }
    } else {
      context.publisher().fail(work, failure);
    }
  }

  private void post(EmbedWork work) {
    mail(() -> completed(work), "document embedded");
  }

  private void postFailure(Throwable failure) {
    mail(
        () -> {
          throw new IllegalStateException("an embedding thread failed", failure);
        },
        "embedding thread failed");
  }

  // A mailbox that refuses belongs to a task that ends: nobody needs the result any more
  private void mail(ThrowingRunnable<Exception> action, String description) {
    try {
      context.mailbox().execute(action, description);
    } catch (RejectedExecutionException ignored) {
      return;
    }
  }
}
