package io.realmstream.jobs.learner.learn;

import io.realmstream.jobs.ModelThreads;
import io.realmstream.jobs.learner.towers.InForce;
import io.realmstream.jobs.learner.towers.SentenceEmbedding;
import io.realmstream.jobs.learner.towers.Towers;
import io.realmstream.model.learning.live.LivePassage;
import io.realmstream.model.learning.live.Pass;
import io.realmstream.model.learning.live.Publication;
import io.realmstream.model.learning.live.SentenceOutputs;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The course of learning: what is done next. Sentences are embedded first. A pass waits for quiet,
 * so that it goes over all that came at once, but for a minute at most. Where order is held,
 * nothing comes before all was learned, and a pass waits for nothing. One pass runs at a time.
 */
final class Course implements AutoCloseable {
  private static final long QUIET_MS = 1_000;
  private static final long WAIT_MAX_MS = 60_000;

  private final LearnedShards documents;
  private final Machinery machinery;
  private final LearnOutput out;
  private final SentenceEmbedding embedding;
  private Learned learned;
  private @Nullable RetrieverCheckpoint inForce;
  private VersionTable table = VersionTable.EMPTY;
  private @Nullable Candidate held;

  /** Whether no document came since the waiting ones were listed. */
  private boolean listed;

  private boolean passRuns;
  private long newsMs;
  private long passedMs;
  private long lookedMs;

  /**
   * What runs models and passes.
   *
   * @param passes one thread
   * @param mails runs what it is given later, on the calling thread
   */
  record Machinery(
      LearnSettings settings, Towers towers, ModelThreads passes, Executor mails, Guard guard) {}

  /**
   * @param learned as the restored state has it
   */
  Course(Learned learned, LearnedShards documents, Machinery machinery, LearnOutput out) {
    this.learned = learned;
    this.documents = documents;
    this.machinery = machinery;
    this.out = out;
    embedding =
        new SentenceEmbedding(machinery.settings().threads(), machinery.mails(), this::embed);
  }

  Learned learned() {
    return learned;
  }

  /** Whether all that is live was embedded, and no pass runs or is due. */
  boolean isAtRest() {
    LearnedLine line = learned.line();
    return line != null
        && isEmbedded()
        && !passRuns
        && (learned.plan().isAtRest() || !isDue(passages(line)));
  }

  /** Passages whose sentences wait. */
  long waiting() {
    return documents.waiting();
  }

  /** A candidate is in a completed checkpoint of Flink. */
  void holds(@Nullable Candidate candidate) {
    held = candidate;
  }

  void feedbackCame() {
    listed = false;
  }

  void documentsCame(long nowMs) {
    newsMs = nowMs;
    listed = false;
  }

  /** The version log has gone on. */
  void follow(VersionTable next, long nowMs) {
    table = next;
    machinery.guard().follow(next);
    VersionEntry active = next.active();
    if (active == null) {
      return;
    }
    if (inForce == null) {
      passedMs = nowMs;
      lookedMs = nowMs;
    }
    inForce = active.checkpoint();
    LearnedLine line = LearnedLine.of(inForce);
    if (!line.equals(learned.line())) {
      learned = Learned.begin(line);
      documents.unlist();
      documentsCame(nowMs);
    }
    look(nowMs);
  }

  /** Does what is due. */
  void look(long nowMs) {
    RetrieverCheckpoint checkpoint = inForce;
    if (checkpoint == null) {
      return;
    }
    boolean isIdle = embedding.isIdle() && !passRuns && !machinery.guard().runs();
    if (isIdle && !machinery.towers().holds(checkpoint)) {
      machinery.towers().hold(checkpoint);
    }
    publish();
    list();
    embed();
    if (!passRuns) {
      lookBack(nowMs);
      if (isTime(nowMs)) {
        pass(checkpoint, nowMs);
      }
    }
  }

  /** Waits for what runs. */
  @Override
  public void close() {
    try {
      embedding.close();
      machinery.passes().close();
    } finally {
      machinery.towers().close();
      machinery.guard().close();
    }
  }

  private boolean isTime(long nowMs) {
    if (machinery.settings().holdsOrder()) {
      return isEmbedded();
    }
    boolean isQuiet = isEmbedded() && nowMs - newsMs >= QUIET_MS;
    return isQuiet || nowMs - passedMs >= WAIT_MAX_MS;
  }

  /** Whether the sentences of all that came are embedded. */
  boolean isEmbedded() {
    return listed && !documents.isWaiting() && embedding.isIdle();
  }

  private boolean isDue(List<LivePassage> passages) {
    return learned.plan().isDue(Pass.sentences(passages));
  }

  private List<LivePassage> passages(LearnedLine line) {
    return documents.passages(line);
  }

  private void publish() {
    Candidate candidate = learned.candidate();
    if (candidate == null) {
      return;
    }
    Publication publication = Publication.of(table, candidate.inForce(), candidate.checkpoint());
    if (publication == Publication.NEVER) {
      learned = learned.withCandidate(null);
    } else if (publication == Publication.NOW && !candidate.sent() && candidate.equals(held)) {
      out.publish(candidate);
      learned = learned.withCandidate(candidate.asSent());
    }
  }

  /** Towers that are to be exchanged get no more to do. */
  private @Nullable InForce towers() {
    return inForce != null && machinery.towers().holds(inForce)
        ? machinery.towers().inForce()
        : null;
  }

  private void embed() {
    InForce towers = towers();
    LearnedLine line = learned.line();
    if (towers == null || line == null) {
      return;
    }
    var tower = new SentenceEmbedding.QueryTower(towers.queries(), line.queryTrunk());
    while (embedding.hasRoom()) {
      SentenceEmbedding.Order order = documents.next(tower, this::sentencesCame);
      if (order == null) {
        return;
      }
      embedding.embed(order);
    }
  }

  private void list() {
    LearnedLine line = learned.line();
    if (line != null && !listed && !documents.isWaiting()) {
      listed = true;
      documents.list(line);
    }
  }

  private void sentencesCame(LivePassage passage, SentenceOutputs outputs) {
    LearnedLine line = learned.line();
    if (line == null || !line.queryTrunk().equals(outputs.queryTrunk())) {
      listed = false; // of a line that has ended; the passage may wait for the next one
    } else if (documents.embedded(passage, line, outputs) && !passage.isHeldOut()) {
      learned = learned.withPlan(learned.plan().with(outputs.count()));
    }
  }

  /** While documents keep coming, only now and then: it lists all that is live. */
  private void lookBack(long nowMs) {
    InForce towers = towers();
    LearnedLine line = learned.line();
    boolean isDue = machinery.settings().rollsBack() && machinery.guard().isDue();
    boolean isTime = isEmbedded() || nowMs - lookedMs >= WAIT_MAX_MS;
    if (isDue && isTime && towers != null && line != null) {
      lookedMs = nowMs;
      machinery.guard().look(towers, learned, passages(line));
    }
  }

  private void pass(RetrieverCheckpoint checkpoint, long nowMs) {
    InForce towers = towers();
    LearnedLine line = learned.line();
    if (towers == null || line == null || learned.plan().isAtRest()) {
      return;
    }
    List<LivePassage> passages = passages(line);
    if (!isDue(passages)) {
      return;
    }
    passRuns = true;
    passedMs = nowMs;
    PassWork work =
        new PassWork(learned, passages, documents.feedback().asked(line.queryTrunk()), checkpoint);
    var unused =
        CompletableFuture.supplyAsync(
                () -> work.run(line, towers, machinery.settings()), machinery.passes())
            .whenComplete(
                (outcome, failure) ->
                    machinery.mails().execute(() -> ended(work, outcome, failure)));
  }

  private void ended(
      PassWork work, PassWork.@Nullable Outcome outcome, @Nullable Throwable failure) {
    if (outcome == null) {
      throw new IllegalStateException("a pass failed", failure);
    }
    passRuns = false;
    if (!outcome.line().equals(learned.line())) {
      return;
    }
    learned = learned.behindPass(outcome.learner(), work.learned().plan());
    Candidate before = learned.candidate();
    Candidate candidate = outcome.candidate();
    if (candidate != null && (before == null || !before.sent())) {
      learned = learned.withCandidate(candidate);
    }
    out.tell(work.checkpoint().retriever(), outcome);
  }
}
