package io.realmstream.jobs.retriever.partitions;

import io.realmstream.jobs.ModelThreads;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.model.serving.placement.Census;
import io.realmstream.model.serving.placement.SampledVector;
import io.realmstream.schemas.Hash128;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.state.MapState;
import org.jspecify.annotations.Nullable;

/** The trainings that are under way, on a thread of their own; none is in state. */
public final class PartitionTrainings implements AutoCloseable {
  private final ModelThreads thread;
  private final Map<Integer, Training> trainings = new HashMap<>();
  private final Trainer trainer;

  /** Makes a partition of a sample, for so many passages. */
  interface Trainer extends Serializable {
    Partition train(SortedMap<Hash128, Int8Code> sample, long passages);
  }

  /**
   * @param operator names the thread
   */
  PartitionTrainings(String operator, Trainer trainer) {
    thread = new ModelThreads(operator, 1);
    this.trainer = trainer;
  }

  /**
   * A training.
   *
   * @param passages that it is to divide
   */
  record Training(long passages, CompletableFuture<Partition> partition) {}

  /** The sample as its shards see it now; what has left it since it came is forgotten. */
  static SortedMap<Hash128, Int8Code> thinned(
      MapState<Hash128, SampledVector> sample, MapState<Integer, Census> census) throws Exception {
    Map<Integer, Census> now = new HashMap<>();
    for (Map.Entry<Integer, Census> entry : census.entries()) {
      now.put(entry.getKey(), entry.getValue());
    }
    SortedMap<Hash128, Int8Code> vectors = new TreeMap<>();
    var passages = sample.entries().iterator();
    while (passages.hasNext()) {
      Map.Entry<Hash128, SampledVector> passage = passages.next();
      Census shard = now.getOrDefault(passage.getValue().shard(), Census.NONE);
      if (shard.samples(passage.getKey())) {
        vectors.put(passage.getKey(), passage.getValue().code());
      } else {
        passages.remove();
      }
    }
    return vectors;
  }

  /** Whether a version's next partition is being trained. */
  boolean isTraining(int version) {
    return trainings.containsKey(version);
  }

  /**
   * Begins a training; whatever it fails with, errors included, is its outcome. One that is
   * forgotten before its turn never begins.
   */
  void begin(int version, SortedMap<Hash128, Int8Code> vectors, long passages) {
    CompletableFuture<Partition> partition =
        CompletableFuture.supplyAsync(() -> trainer.train(vectors, passages), thread);
    trainings.put(version, new Training(passages, partition));
  }

  /** Takes a version's training if it is through. */
  @Nullable Training take(int version) {
    Training training = trainings.get(version);
    if (training == null || !training.partition().isDone()) {
      return null;
    }
    trainings.remove(version);
    return training;
  }

  /** What it gives is not wanted any more. */
  void forget(int version) {
    Training training = trainings.remove(version);
    if (training != null) {
      training.partition().cancel(false);
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
