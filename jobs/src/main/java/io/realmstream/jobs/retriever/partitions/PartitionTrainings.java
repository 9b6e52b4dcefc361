package io.realmstream.jobs.retriever.partitions;

import io.realmstream.jobs.ModelThreads;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionHead;
import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.model.serving.placement.TrainingSample;
import io.realmstream.schemas.Hash128;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The trainings that are under way, and the samples that are gathered for the next ones; none is in
 * state. Trainings have a thread of their own. Samples are gathered on the task's, in slices.
 */
public final class PartitionTrainings implements AutoCloseable {
  /** Chunks that are published before other work has its turn: some megabytes. */
  private static final int CHUNKS_PER_SLICE = 8;

  private final ModelThreads thread;
  private final Map<Integer, TrainingSample.Gathering> gatherings = new HashMap<>();
  private final Map<Integer, Training> trainings = new HashMap<>();
  private final Trainer trainer;

  /** Makes a partition of a sample, for so many passages. */
  interface Trainer extends Serializable {
    /** Where a sample is gathered: on the heap. */
    default SortedMap<Hash128, Int8Code> room() {
      return new TreeMap<>();
    }

    Partition train(SortedMap<Hash128, Int8Code> sample, long passages);
  }

  /**
   * @param operator names the thread
   */
  PartitionTrainings(String operator, Trainer trainer) {
    thread = new ModelThreads(operator, 1);
    this.trainer = trainer;
  }

  /** A training, and how much of its outcome was published. */
  static final class Training {
    private final long passages;
    private final CompletableFuture<Partition> partition;
    private int published;

    Training(long passages, CompletableFuture<Partition> partition) {
      this.passages = passages;
      this.partition = partition;
    }

    boolean isFailed() {
      return partition.isCompletedExceptionally();
    }

    PartitionHead head() {
      return PartitionHead.of(partition.join(), passages);
    }

    boolean isPublished() {
      return published == PartitionChunk.count(partition.join());
    }

    /** The next chunks to be published. */
    List<PartitionChunk> nextChunks() {
      Partition whole = partition.join();
      int from = published;
      published = Math.min(from + CHUNKS_PER_SLICE, PartitionChunk.count(whole));
      return IntStream.range(from, published)
          .mapToObj(number -> PartitionChunk.of(whole, number))
          .toList();
    }
  }

  /** Whether a version's next partition is being trained. */
  boolean isTraining(int version) {
    return trainings.containsKey(version);
  }

  /**
   * Gathers a slice of a version's sample; behind the last one its training begins. Whatever either
   * fails with, errors included, is the training's outcome. A training that is forgotten before its
   * turn never begins.
   *
   * @param passages how many the version has
   * @return whether there is something to train from
   */
  boolean gatherSome(int version, TrainingSample sample, long passages) {
    try {
      TrainingSample.Gathering gathering =
          gatherings.computeIfAbsent(version, any -> sample.gather(trainer.room()));
      if (gathering.some()) {
        return true;
      }
      gatherings.remove(version);
      SortedMap<Hash128, Int8Code> vectors = gathering.gathered();
      if (!vectors.isEmpty()) {
        begin(version, vectors, passages);
      }
      return !vectors.isEmpty();
    } catch (OutOfMemoryError e) {
      gatherings.remove(version);
      trainings.put(version, new Training(passages, CompletableFuture.failedFuture(e)));
      return true;
    }
  }

  /** Begins a training. */
  void begin(int version, SortedMap<Hash128, Int8Code> vectors, long passages) {
    CompletableFuture<Partition> partition =
        CompletableFuture.supplyAsync(() -> trainer.train(vectors, passages), thread);
    trainings.put(version, new Training(passages, partition));
  }

  /** A version's training if it is through; null = it is not. */
  @Nullable Training done(int version) {
    Training training = trainings.get(version);
    return training == null || !training.partition.isDone() ? null : training;
  }

  /**
   * What it gives is not wanted any more.
   *
   * @return how many chunks of it were published
   */
  int forget(int version) {
    gatherings.remove(version);
    Training training = trainings.remove(version);
    if (training == null) {
      return 0;
    }
    training.partition.cancel(false);
    return training.published;
  }

  @Override
  public void close() {
    thread.close();
  }
}
