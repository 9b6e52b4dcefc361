package io.realmstream.jobs.trial;

import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.version.CheckpointCandidate;
import io.realmstream.model.version.RetryPauses;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trials of one candidate after the other, on a thread of their own. One that fails for a
 * reason that may pass, as when a part could not be read, is made again behind pauses of a second,
 * two and four, before it counts.
 */
public final class CheckpointTrials implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointTrials.class);
  private static final int RETRIES = 3;

  private final CheckpointTrial trial;
  private final MailboxExecutor mailbox;
  private final LongSupplier clockMs;
  private final ThrowingRunnable<Exception> listener;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "try-checkpoint"));

  /** The candidate whose trial is on or over. */
  private @Nullable CheckpointCandidate tried;

  private @Nullable Outcome outcome;
  private boolean isOn;
  private RetryPauses pauses = new RetryPauses();

  /**
   * How a trial ended.
   *
   * @param refusal why the checkpoint cannot be used; null = it can
   */
  public record Outcome(@Nullable String refusal) {}

  /**
   * @param listener called on the mailbox's thread when a trial is over
   */
  public CheckpointTrials(
      PartCache parts,
      MailboxExecutor mailbox,
      LongSupplier clockMs,
      ThrowingRunnable<Exception> listener) {
    this.trial = new CheckpointTrial(parts);
    this.mailbox = mailbox;
    this.clockMs = clockMs;
    this.listener = listener;
  }

  /**
   * How the candidate's trial ended; null = it has not, and is on, or will be at a later call. To
   * be called each second or so.
   */
  public @Nullable Outcome of(CheckpointCandidate candidate) {
    if (!candidate.isSame(tried)) {
      tried = candidate;
      outcome = null;
      pauses = new RetryPauses();
      begin(candidate);
    } else if (outcome == null && !isOn && pauses.isDue(clockMs.getAsLong())) {
      begin(candidate);
    }
    return outcome;
  }

  /** Whether the last candidate's trial is to go on. */
  public boolean areOn() {
    return tried != null && outcome == null;
  }

  /** A trial in native code ends before its thread does. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("the trial of a checkpoint does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(CheckpointCandidate candidate) {
    isOn = true;
    thread.execute(() -> post(candidate));
  }

  private void post(CheckpointCandidate candidate) {
    CheckpointTrial.Refusal refusal = trial.run(candidate.checkpoint());
    try {
      mailbox.execute(() -> end(candidate, refusal), "checkpoint tried");
    } catch (RejectedExecutionException ignored) {
      return; // the task ends; the next start tries again
    }
  }

  private void end(CheckpointCandidate candidate, CheckpointTrial.@Nullable Refusal refusal)
      throws Exception {
    if (!candidate.isSame(tried)) {
      return;
    }
    isOn = false;
    if (refusal != null && refusal.mayPass() && pauses.failures() < RETRIES) {
      LOG.warn("a checkpoint will be tried again: {}", refusal.reason());
      pauses.failed(clockMs.getAsLong());
      return;
    }
    outcome = new Outcome(refusal == null ? null : refusal.reason());
    listener.run();
  }
}
