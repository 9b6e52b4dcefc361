package io.realmstream.jobs.learner.learn;

import io.realmstream.jobs.learner.towers.InForce;
import io.realmstream.jobs.learner.towers.Towers;
import io.realmstream.model.learning.LearnerBytes;
import io.realmstream.model.learning.gate.Verdict;
import io.realmstream.model.learning.live.Examination;
import io.realmstream.model.learning.live.LivePassage;
import io.realmstream.model.learning.live.Pass;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.learning.LearningProgress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Looks back once when a version of the same trunks comes into force, whoever published it: if it
 * finds held-out documents worse for certain than the one before, that one is to answer again. Both
 * are compared by their own towers. People may activate a version again that was left.
 */
final class Guard implements AutoCloseable {
  private final Towers before;
  private final Executor passes;
  private final Executor mails;
  private final LearnOutput out;
  private VersionTable table = VersionTable.EMPTY;
  private int judged;
  private boolean runs;

  /**
   * Who runs what.
   *
   * @param before opens the towers of the version before
   * @param passes one thread
   * @param mails runs what it is given later, on the calling thread
   */
  record Machinery(Towers before, Executor passes, Executor mails) {}

  /**
   * As the restored state has it.
   *
   * @param judged number of the newest version that was judged; 0 = none
   */
  Guard(Machinery machinery, LearnOutput out, int judged) {
    before = machinery.before();
    passes = machinery.passes();
    mails = machinery.mails();
    this.out = out;
    this.judged = judged;
  }

  /** Number of the newest version that was judged; 0 = none. */
  int judged() {
    return judged;
  }

  /** Whether it has towers in its hands. */
  boolean runs() {
    return runs;
  }

  /** Whether it has opened the towers of a version before, or opens them. */
  boolean hasTowers() {
    return before.holdsAny();
  }

  /** The version log has gone on. */
  void follow(VersionTable next) {
    table = next;
    VersionEntry previous = next.predecessor();
    boolean isWanted = isDue() && previous != null && before.holds(previous.checkpoint());
    if (!runs && !isWanted) {
      before.close(); // people went back, or on
    }
  }

  /** Whether the version in force is to be judged. */
  boolean isDue() {
    VersionEntry active = table.active();
    return !runs && active != null && active.version() > judged;
  }

  /**
   * Judges the version in force, which is due, once the towers of the one before are open, and
   * enough sentences of held-out documents are embedded.
   *
   * @param inForce its towers
   * @param learned how far learning has come
   * @param passages that are live
   */
  void look(InForce inForce, Learned learned, List<LivePassage> passages) {
    VersionEntry active = table.active();
    VersionEntry previous = table.predecessor();
    if (active == null || passages.isEmpty()) {
      return;
    }
    if (previous == null
        || !LearnedLine.of(previous.checkpoint()).equals(LearnedLine.of(active.checkpoint()))) {
      judged = active.version();
      before.close();
      return;
    }
    if (!before.holds(previous.checkpoint())) {
      before.hold(previous.checkpoint());
    }
    InForce towers = before.inForce();
    Examination examination = new Examination(passages);
    if (towers == null || !examination.isReady()) {
      return;
    }
    runs = true;
    LearningProgress progress = progress(learned, passages);
    var unused =
        CompletableFuture.supplyAsync(() -> examination.judge(towers, inForce), passes)
            .whenComplete(
                (verdict, failure) ->
                    mails.execute(
                        () -> ended(new Lookback(active, previous, progress), verdict, failure)));
  }

  /** A version in force, the one before it, and how far learning had come. */
  private record Lookback(VersionEntry active, VersionEntry previous, LearningProgress progress) {}

  private static LearningProgress progress(Learned learned, List<LivePassage> passages) {
    byte[] learner = learned.learner();
    return new LearningProgress(
        learned.plan().passes(),
        learner.length == 0 ? 0 : LearnerBytes.read(learner).steps(),
        passages.size(),
        Pass.sentences(passages),
        0);
  }

  private void ended(Lookback lookback, @Nullable Verdict verdict, @Nullable Throwable failure) {
    if (verdict == null) {
      throw new IllegalStateException("a version was not judged", failure);
    }
    runs = false;
    before.close();
    judged = lookback.active().version();
    VersionEntry active = table.active();
    if (active == null || active.version() != judged) {
      return; // people were faster
    }
    out.tell(lookback.active(), lookback.previous(), lookback.progress(), verdict);
  }

  @Override
  public void close() {
    before.close();
  }
}
