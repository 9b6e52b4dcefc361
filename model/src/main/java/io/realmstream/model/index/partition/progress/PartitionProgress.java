package io.realmstream.model.index.partition.progress;

import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.model.index.partition.PartitionHead;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.progress.ProgressEvent.Counted;
import io.realmstream.model.index.partition.progress.ProgressEvent.Ended;
import io.realmstream.model.index.partition.progress.ProgressEvent.Failed;
import io.realmstream.model.index.partition.progress.ProgressEvent.Filled;
import io.realmstream.model.index.partition.progress.ProgressEvent.Heard;
import io.realmstream.model.index.partition.progress.ProgressEvent.NothingToTrain;
import io.realmstream.model.index.partition.progress.ProgressEvent.Passed;
import io.realmstream.model.index.partition.progress.ProgressEvent.Trained;
import io.realmstream.model.index.partition.progress.ProgressStep.Forgotten;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a version's newest partition has got.
 *
 * <p>The topic may be ahead of this state: a run whose state is lost published and crashed before
 * its next checkpoint. What its trainings gave is taken up ({@link Heard} with FILL), because
 * centroids are worth the same to every run. What it said of its cells is not, because those of
 * this run are as old as this state: each run says for itself what its own state implies ({@link
 * #commands}).
 *
 * @param newest its number; 0 = there was none but the flat one
 * @param head of the newest partition; null = there was none
 * @param chunksBefore of the centroids of the partition before it; 0 = there was none
 * @param dueMs in epoch ms; with {@link Stage#SERVING}: when the one before it goes; with {@link
 *     Stage#TRAINING}: when the next training may begin; with {@link Stage#OVER}: when that may be
 *     forgotten
 * @param failures trainings that failed since the last one that did not
 */
public record PartitionProgress(
    Stage stage,
    int newest,
    @Nullable PartitionHead head,
    int chunksBefore,
    long dueMs,
    int failures) {
  /** What is waited for. */
  public enum Stage {
    /** The version to outgrow its newest partition. */
    GROWING,
    /** The next partition's centroids. */
    TRAINING,
    /** The newest partition's cells. */
    FILLING,
    /** Queries that may have been routed by the partition before it. */
    SERVING,
    /** Nothing but what is still said of the version: it had its time. */
    OVER
  }

  /** Of a version that was never divided. */
  public static final PartitionProgress NONE =
      new PartitionProgress(Stage.GROWING, 0, null, 0, 0, 0);

  /** A version is divided anew when it has so many times the passages of its newest partition. */
  private static final int OUTGROWN = 4;

  /** How long a training that failed for the first time is not tried again. */
  private static final long PAUSE_MS = 60_000;

  private static final long PAUSE_MAX_MS = 3_600_000;

  /** What an event makes of it. */
  public ProgressStep after(ProgressEvent event) {
    if (stage == Stage.OVER) {
      return event instanceof Passed passed && passed.nowMs() >= dueMs
          ? ProgressStep.to(NONE)
          : ProgressStep.ignored(this, "the version had its time");
    }
    if (event instanceof Counted counted) {
      return counted(counted);
    }
    if (event instanceof Trained trained) {
      return stage == Stage.TRAINING
          ? ProgressStep.to(filling(newest + 1, trained.head()))
          : ProgressStep.ignored(this, "no training is waited for");
    }
    if (event instanceof Failed failed) {
      return stage == Stage.TRAINING
          ? ProgressStep.to(failed(failed.nowMs()))
          : ProgressStep.ignored(this, "no training is waited for");
    }
    if (event instanceof NothingToTrain) {
      return stage == Stage.TRAINING
          ? ProgressStep.to(at(Stage.GROWING))
          : ProgressStep.ignored(this, "no training is waited for");
    }
    if (event instanceof Heard heard) {
      return heard(heard.command());
    }
    if (event instanceof Filled filled) {
      return stage == Stage.FILLING && filled.partition() == newest
          ? ProgressStep.to(serving(filled.retireAtMs()))
          : ProgressStep.ignored(this, "another partition is waited for, or none");
    }
    if (event instanceof Passed passed) {
      return passed(passed);
    }
    return event instanceof Ended ended
        ? ended(ended)
        : ProgressStep.ignored(this, "unknown: " + event);
  }

  /** What a run has to say, in this order, so that all who listen know what this implies. */
  public List<PartitionEvent> commands(int version, long run) {
    if (head == null) {
      return List.of();
    }
    PartitionId id = new PartitionId(version, newest);
    PartitionEvent fill = PartitionEvent.fill(id, run, head);
    PartitionEvent serve = PartitionEvent.of(Kind.SERVE, id, run);
    return switch (stage) {
      case FILLING -> List.of(fill);
      case SERVING -> List.of(fill, serve);
      case GROWING, TRAINING -> List.of(fill, serve, PartitionEvent.of(Kind.ALONE, id, run));
      case OVER -> List.of(PartitionEvent.of(Kind.OVER, id, run));
    };
  }

  /** The partition that a training would give. */
  public PartitionId next(int version) {
    return new PartitionId(version, newest + 1);
  }

  private ProgressStep counted(Counted counted) {
    long outgrown = head == null ? 0 : OUTGROWN * head.passages();
    return stage == Stage.GROWING && counted.passages() >= Math.max(counted.least(), outgrown)
        ? ProgressStep.to(at(Stage.TRAINING))
        : ProgressStep.ignored(this, "not outgrown, or not waited for");
  }

  /** Any partition that is newer, so that one whose chunks have left the topic is passed over. */
  private ProgressStep heard(PartitionEvent command) {
    PartitionHead published = command.head();
    return published != null && command.partition() > newest
        ? ProgressStep.to(filling(command.partition(), published))
        : ProgressStep.ignored(this, "what a lost run said of its cells");
  }

  private ProgressStep passed(Passed passed) {
    return stage == Stage.SERVING && passed.nowMs() >= dueMs
        ? ProgressStep.to(at(Stage.GROWING), new Forgotten(newest - 1, chunksBefore))
        : ProgressStep.ignored(this, "nothing is due");
  }

  private ProgressStep ended(Ended ended) {
    return ProgressStep.to(
        new PartitionProgress(Stage.OVER, newest, head, chunksBefore, ended.forgetAtMs(), 0),
        new Forgotten(newest, chunks(head)),
        new Forgotten(newest - 1, chunksBefore));
  }

  private PartitionProgress at(Stage next) {
    return new PartitionProgress(next, newest, head, chunksBefore, 0, 0);
  }

  private PartitionProgress filling(int partition, PartitionHead its) {
    int before = partition == newest + 1 ? chunks(head) : 0;
    return new PartitionProgress(Stage.FILLING, partition, its, before, 0, 0);
  }

  private PartitionProgress serving(long retireMs) {
    return new PartitionProgress(Stage.SERVING, newest, head, chunksBefore, retireMs, 0);
  }

  /** The pause doubles with each failure, up to an hour. */
  private PartitionProgress failed(long nowMs) {
    long pauseMs = Math.min(PAUSE_MS << Math.min(failures, Integer.SIZE / 2), PAUSE_MAX_MS);
    return new PartitionProgress(stage, newest, head, chunksBefore, nowMs + pauseMs, failures + 1);
  }

  private static int chunks(@Nullable PartitionHead head) {
    return head == null ? 0 : head.chunks();
  }
}
