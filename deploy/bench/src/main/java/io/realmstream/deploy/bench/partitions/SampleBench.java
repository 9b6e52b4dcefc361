package io.realmstream.deploy.bench.partitions;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.launch.JobSettings;
import io.realmstream.jobs.retriever.partitions.PartitionNews;
import io.realmstream.jobs.retriever.partitions.PartitionsFunction;
import io.realmstream.model.serving.placement.Census;
import io.realmstream.model.serving.placement.Sample;
import io.realmstream.model.serving.placement.TrainingSample;
import io.realmstream.schemas.Hash128;
import java.time.Duration;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * Has the {@code partitions} operator gather the sample that it trains from, and forget it: on
 * RocksDB, in the harness that Flink tests its operators with.
 */
final class SampleBench {
  private static final int VERSION = 1;
  private static final MemorySize ROCKSDB_MEMORY = MemorySize.ofMebiBytes(256);
  private static final float[] NO_VECTOR = {};

  /** So small a version is divided into one cell: the training itself is not what is timed. */
  private static final Census ONE_PASSAGE = new Census(1, 0);

  /** Longer than the operator waits before it looks. */
  private static final long LOOK_MS = 50;

  private final KeyedTwoInputStreamOperatorTestHarness<
          Integer, Sample, PartitionNews, OutboundRecord>
      operator;
  private final StepTimer gathering = StepTimer.elapsed();
  private final StepTimer forgetting = StepTimer.elapsed();

  private SampleBench() throws Exception {
    operator =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new PartitionsFunction(1, 1, Duration.ofMinutes(1))),
            Sample::version,
            PartitionNews::version,
            Types.INT);
    Configuration settings = JobSettings.configuration();
    settings.set(RocksDBOptions.FIX_PER_SLOT_MEMORY_SIZE, ROCKSDB_MEMORY);
    operator.setStateBackend(
        new EmbeddedRocksDBStateBackend(false)
            .configure(settings, SampleBench.class.getClassLoader()));
    operator.open();
  }

  /**
   * What it came to, in elapsed time of the task's thread.
   *
   * @param gathering the steps that gather the sample
   * @param forgetting those that forget it when its version has ended
   */
  record Outcome(int passages, StepTimer gathering, StepTimer forgetting) {
    String line() {
      return ("a sample of %,d passages: gathered in %.1f ms, the longest step %.1f ms; forgotten"
              + " in %.1f ms, the longest step %.1f ms")
          .formatted(
              passages,
              gathering.allMs(),
              gathering.longestMs(),
              forgetting.allMs(),
              forgetting.longestMs());
    }
  }

  /** Runs it once for the compiler, with a tenth of the sample, and then once in earnest. */
  static Outcome run(int passages, int dimension) throws Exception {
    new SampleBench().live(passages / 10 + 1, dimension);
    SampleBench bench = new SampleBench();
    bench.live(passages, dimension);
    return new Outcome(passages, bench.gathering, bench.forgetting);
  }

  private void live(int passages, int dimension) throws Exception {
    operator.processElement2(new StreamRecord<>(PartitionNews.run(1)));
    Random random = new Random(1);
    for (int i = 0; i < passages; i++) {
      float[] vector = new float[dimension];
      for (int j = 0; j < dimension; j++) {
        vector[j] = (float) random.nextGaussian();
      }
      add(new Sample(VERSION, 0, ONE_PASSAGE, new Hash128(random.nextLong(), i), vector));
    }
    operator.setProcessingTime(LOOK_MS - 1);
    for (int slice = 0; slice <= passages / TrainingSample.SEEN_PER_SLICE; slice++) {
      step(gathering, 1);
    }
    while (operator.extractOutputValues().isEmpty()) {
      Thread.sleep(LOOK_MS); // the training, on its own thread
      operator.setProcessingTime(operator.getProcessingTime() + LOOK_MS);
    }
    forgetting.time(
        () -> {
          add(new Sample(VERSION, 0, Census.OVER, new Hash128(0, 0), NO_VECTOR));
          return null;
        });
    // one timer stays: it forgets that there was the version
    while (operator.numProcessingTimeTimers() > 1) {
      step(forgetting, 1);
    }
    operator.close();
  }

  private void add(Sample passage) throws Exception {
    operator.processElement1(new StreamRecord<>(passage));
  }

  private void step(StepTimer timer, long ms) throws Exception {
    timer.time(
        () -> {
          operator.setProcessingTime(operator.getProcessingTime() + ms);
          return null;
        });
  }
}
