package io.realmstream.model.updating.schedule;

import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.SharedModels;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.backlog.Task;
import io.realmstream.model.updating.backlog.WorkQueue;
import io.realmstream.model.updating.build.BuildProgress;
import io.realmstream.model.updating.build.SelfChecks;
import io.realmstream.model.updating.build.VersionWalks;
import io.realmstream.model.updating.build.WalkSlices;
import io.realmstream.model.updating.build.WrittenVersions;
import io.realmstream.model.updating.publish.EmbedWork;
import io.realmstream.model.updating.publish.Encoders;
import io.realmstream.model.updating.publish.Publisher;
import io.realmstream.schemas.version.EncoderTower;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Starts the embedding of documents that lack vectors, for one subtask: edits first, then what the
 * walks find. It runs on one thread, and in one direction:
 *
 * <ol>
 *   <li>An input says what waits ({@link WorkQueue}) or which versions there are ({@link
 *       WrittenVersions}). A work that has been embedded is an input too: it is published.
 *   <li>{@link #run} takes what waits, asks in which version it is to be published next, and gives
 *       it to the embedding threads. What is nowhere to be published has ended.
 *   <li>A shard's self-checks go on whenever one of its tasks or walks has ended ({@link
 *       SelfChecks}).
 * </ol>
 *
 * <p>A snapshot waits for nothing here: which documents lack vectors follows from the state, and a
 * restart finds them again.
 */
public final class Scheduler implements AutoCloseable {
  /** Edits that are being embedded at a time: bounds the texts in memory, and keeps turns short. */
  private static final int EDITS_STARTED_MAX = 16;

  /** The same for rebuilds, for each thread: an edit that comes waits behind so many passages. */
  private static final int REBUILDS_STARTED_PER_THREAD = 2;

  /**
   * Its limits.
   *
   * @param threads that embed
   * @param sampleMax passages of a shard that a self-check embeds afresh
   * @param suspectBefore edits with an earlier Kafka timestamp may have been published by a run
   *     whose state is lost; see {@link Task#isWhole}
   */
  public record Settings(int threads, int sampleMax, long suspectBefore) {}

  /**
   * What starts works, opens encoders and calls it back.
   *
   * @param models lease the encoder of a tower
   * @param embed starts a work on the embedding threads; {@link #embedded} hears of its end
   * @param mails runs what it is given later, on the thread that calls this class
   */
  public record Machinery(
      Function<EncoderTower, SharedModels<Encoder>.Lease> models,
      Consumer<EmbedWork> embed,
      Executor mails) {}

  private final Settings settings;
  private final Publisher publisher;
  private final Machinery machinery;
  private final Encoders encoders;
  private final WorkQueue queue = new WorkQueue();
  private final VersionWalks walks;
  private final WalkSlices slices;
  private final SelfChecks checks;
  private final WrittenVersions versions;
  private final Republications republications;
  private final Map<Integer, Integer> startedByVersion = new HashMap<>();
  private int editsStarted;
  private int rebuildsStarted;

  /** Whether a mail to go on is under way. */
  private boolean posted;

  /** Finds what a restored state left to do; {@link #run} begins with it. */
  public Scheduler(
      Collection<Shard> shards, Settings settings, Publisher publisher, Machinery machinery) {
    this.settings = settings;
    this.publisher = publisher;
    this.machinery = machinery;
    shards.forEach(queue::restore);
    encoders = new Encoders(machinery.models(), machinery.mails(), this::encoderEnded);
    walks = new VersionWalks(shards);
    slices = new WalkSlices(walks, queue, publisher);
    versions = new WrittenVersions(slices, encoders, publisher);
    checks = new SelfChecks(slices, encoders, publisher, settings.sampleMax());
    republications = new Republications(publisher, queue, walks, encoders);
  }

  /** How far the versions are. */
  public BuildProgress progress() {
    return new BuildProgress(walks, queue);
  }

  /** Takes in a shard's new version table. */
  public void versions(Shard shard) {
    versions.update(shard);
    check(shard); // what refuses a version may have been overtaken
    run();
  }

  /** Publishes a shard once more. */
  public void republish(Shard shard) {
    republications.ask(shard);
    run();
  }

  /** Takes the edit that a document wants now. */
  public void edit(Shard shard, String id, long timestamp) {
    if (versions.takeEdit(shard, timestamp)) {
      shard.pend(id, timestamp);
      queue.edit(shard, id, timestamp);
      run();
    }
  }

  /** Edits that wait or are being embedded. */
  public int editTasks() {
    return queue.editTasks();
  }

  /** Kafka timestamp of the earliest edit not published where it is awaited; null = none. */
  public @Nullable Long oldest() {
    return versions.earliest(queue.oldest());
  }

  /** Whether there is nothing to do until the next input. */
  public boolean isIdle() {
    return queue.tasks() == 0
        && rebuildsStarted == 0
        && slices.isIdle()
        && republications.isIdle()
        && !encoders.opening();
  }

  /** All documents that wait or are being embedded; for any thread. */
  public int tasks() {
    return queue.tasks();
  }

  /** Towers that failed to open; for any thread. */
  public int encodersFailing() {
    return encoders.failing();
  }

  /** Tries again what did not open; to be called every second or so. */
  public void retry() {
    encoders.retry();
  }

  /** Lets go of the encoders; no thread may be at work any more. */
  @Override
  public void close() {
    encoders.close();
  }

  private void encoderEnded(int version) {
    versions.encoderEnded(version);
    run();
  }

  /** A work that was started has no step left. */
  public void embedded(EmbedWork work) {
    count(work, -1);
    EmbedWork.Order order = work.order();
    if (order.check()) {
      checks.embedded(work);
      check(order.shard());
    } else {
      Task task = Objects.requireNonNull(queue.task(order.shard(), order.id()), "no task");
      if (isWanted(order)) {
        publish(work, task);
        start(task);
      } else {
        queue.requeue(task);
      }
    }
    run();
  }

  private static boolean isWanted(EmbedWork.Order order) {
    WantedEdit wanted = order.shard().wanted(order.id());
    return wanted != null && wanted.state().equals(order.wanted().state());
  }

  private void publish(EmbedWork work, Task task) {
    EmbedWork.Order order = work.order();
    if (!walks.isWritten(order.shard(), order.version())) {
      return;
    }
    String failure = work.failure();
    if (failure != null) {
      publisher.fail(work, failure);
      return;
    }
    publisher.publish(work);
    if (order.whole()) {
      task.republishIn().remove(order.version());
    }
  }

  /** Starts what may start now. */
  public void run() {
    versions.release(version -> startedByVersion.getOrDefault(version, 0) > 0);
    if (!versions.isReady()) {
      return;
    }
    Task task;
    while (editsStarted < EDITS_STARTED_MAX && (task = queue.pollEdit()) != null) {
      start(task);
    }
    slices.advance().forEach(this::check);
    republications.advance().forEach(this::check);
    while (rebuildsStarted < REBUILDS_STARTED_PER_THREAD * settings.threads()
        && (task = queue.pollRebuild()) != null) {
      start(task);
    }
    if (!posted && (slices.hasMore() || republications.hasMore())) {
      posted = true;
      machinery.mails().execute(this::walkOn);
    }
  }

  private void walkOn() {
    posted = false;
    run();
  }

  /** Embeds the document where it is to be published next; with no such version, ends the task. */
  private void start(Task task) {
    Shard shard = task.shard();
    WantedEdit wanted = shard.wanted(task.id());
    WrittenVersions.NextVersion next = wanted == null ? null : versions.next(task, wanted);
    if (wanted == null || next == null) {
      shard.settle(task.id());
      queue.done(task);
      check(shard);
    } else if (!next.mayWait() || !queue.follow(task)) {
      embed(new EmbedWork(order(task, wanted, next)));
    }
  }

  private EmbedWork.Order order(Task task, WantedEdit wanted, WrittenVersions.NextVersion next) {
    Shard shard = task.shard();
    int version = next.version();
    PublishedDocument before = next.before();
    return new EmbedWork.Order(
        shard,
        wanted,
        new EmbedWork.Target(version, next.encoder(), shard.isBehind(version)),
        task.isEdit(),
        before == null ? Set.of() : before.uids(),
        task.isWhole(version, settings.suspectBefore()),
        shard.trunks().of(shard.versions(), task.id(), version),
        false);
  }

  /** A task or a walk of the shard has ended: its self-checks may go on. */
  private void check(Shard shard) {
    checks.advance(shard).forEach(this::embed);
  }

  private void embed(EmbedWork work) {
    count(work, 1);
    machinery.embed().accept(work);
  }

  private void count(EmbedWork work, int change) {
    if (work.order().edit()) {
      editsStarted += change;
    } else {
      rebuildsStarted += change;
    }
    startedByVersion.merge(work.order().version(), change, Integer::sum);
  }
}
