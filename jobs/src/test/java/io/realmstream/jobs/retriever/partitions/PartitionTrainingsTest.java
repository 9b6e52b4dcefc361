package io.realmstream.jobs.retriever.partitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionTraining;
import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.schemas.Hash128;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PartitionTrainingsTest {
  private static final List<Long> BEGUN = new CopyOnWriteArrayList<>();
  private static final CountDownLatch GO_ON = new CountDownLatch(1);

  /** As while a log is folded, in which version after version grew and had its time. */
  @Test
  void trainingThatIsForgottenBeforeItsTurnNeverBegins() {
    try (PartitionTrainings trainings =
        new PartitionTrainings(PartitionsFunction.UID, PartitionTrainingsTest::train)) {
      trainings.begin(1, sample(), 100);
      trainings.begin(2, sample(), 200);
      trainings.begin(3, sample(), 300);
      trainings.forget(2);
      assertThat(trainings.isTraining(2)).isFalse();
      GO_ON.countDown();

      await().until(() -> trainings.done(3) != null);
      assertThat(BEGUN).containsExactly(100L, 300L);
      assertThat(trainings.done(1)).isNotNull();
    }
  }

  private static Partition train(SortedMap<Hash128, Int8Code> sample, long passages) {
    BEGUN.add(passages);
    try {
      GO_ON.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return PartitionTraining.train(sample, passages);
  }

  private static SortedMap<Hash128, Int8Code> sample() {
    SortedMap<Hash128, Int8Code> sample = new TreeMap<>();
    for (int i = 1; i <= 20; i++) {
      sample.put(Hash128.ofTexts("" + i), Int8Code.of(new float[] {i, 1}));
    }
    return sample;
  }
}
