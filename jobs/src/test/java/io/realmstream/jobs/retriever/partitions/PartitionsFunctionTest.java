package io.realmstream.jobs.retriever.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.retriever.StateEntries;
import io.realmstream.model.index.partition.Centroids;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionCodec;
import io.realmstream.model.index.partition.PartitionTraining;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.model.serving.placement.Census;
import io.realmstream.model.serving.placement.Sample;
import io.realmstream.model.serving.placement.TrainingSample;
import io.realmstream.schemas.Hash128;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PartitionsFunctionTest {
  private static final int PASSAGES_MIN = 20;
  private static final AtomicInteger TRAININGS = new AtomicInteger();

  private KeyedTwoInputStreamOperatorTestHarness<Integer, Sample, PartitionNews, OutboundRecord>
      harness;

  @BeforeEach
  void start() throws Exception {
    TRAININGS.set(0);
    start(PartitionsFunctionTest::train);
  }

  private void start(PartitionTrainings.Trainer trainer) throws Exception {
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(
                new PartitionsFunction(4, PASSAGES_MIN, Duration.ofSeconds(60), trainer)),
            Sample::version,
            PartitionNews::version,
            Types.INT);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.open();
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void trainingThatFailsWithAnErrorIsTriedAgainAfterAPause() throws Exception {
    harness.processElement2(new StreamRecord<>(PartitionNews.run(7)));
    sample();
    while (TRAININGS.get() < 1) {
      harness.setProcessingTime(harness.getProcessingTime() + 50);
    }
    // the first pause is of a minute: it began when the failure was seen
    while (TRAININGS.get() < 2) {
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.setProcessingTime(harness.getProcessingTime() + 1_000);
    }
    assertThat(harness.getProcessingTime()).isGreaterThanOrEqualTo(60_000);
    while (harness.extractOutputValues().isEmpty()) {
      harness.setProcessingTime(harness.getProcessingTime() + 1_000);
    }
    assertThat(TRAININGS).hasValue(3);
    assertThat(harness.getProcessingTime()).isGreaterThanOrEqualTo(180_000);
    assertThat(kinds()).containsExactly("CHUNK", "FILL");
  }

  @Test
  void sampleOfManySlicesIsGatheredAndForgottenWhileOtherWorkHasItsTurn() throws Exception {
    harness.close();
    start(PartitionsFunctionTest::counted);
    harness.processElement2(new StreamRecord<>(PartitionNews.run(7)));
    int slices = 4;
    sample(slices * TrainingSample.SEEN_PER_SLICE);
    harness.setProcessingTime(50);
    for (int slice = 1; slice <= slices; slice++) {
      assertThat(TRAININGS).as("slice %d", slice).hasValue(0);
      harness.setProcessingTime(harness.getProcessingTime() + 1);
    }
    while (harness.extractOutputValues().isEmpty()) {
      harness.setProcessingTime(harness.getProcessingTime() + 50);
    }
    assertThat(TRAININGS).hasValue(slices * TrainingSample.SEEN_PER_SLICE);

    int before = StateEntries.count(harness);
    end();
    for (int slice = 1; slice <= slices; slice++) {
      harness.setProcessingTime(harness.getProcessingTime() + 1);
      assertThat(before - StateEntries.count(harness))
          .as("forgotten after slice %d", slice)
          .isBetween(
              (slice - 1) * TrainingSample.SEEN_PER_SLICE,
              slice * TrainingSample.SEEN_PER_SLICE + PASSAGES_MIN);
    }
    harness.setProcessingTime(harness.getProcessingTime() + 3_600_000);
    harness.setProcessingTime(harness.getProcessingTime() + 1);
    assertThat(StateEntries.count(harness)).isZero();
  }

  @Test
  void gatheringThatRunsOutOfMemoryIsTriedAgainAfterAPause() throws Exception {
    harness.close();
    start(new Narrow());
    harness.processElement2(new StreamRecord<>(PartitionNews.run(7)));
    sample();
    while (TRAININGS.get() == 0) {
      harness.setProcessingTime(harness.getProcessingTime() + 1_000);
    }
    // it failed twice: pauses of a minute and of two
    assertThat(harness.getProcessingTime()).isGreaterThanOrEqualTo(180_000);
    while (harness.extractOutputValues().isEmpty()) {
      harness.setProcessingTime(harness.getProcessingTime() + 50);
    }
    assertThat(kinds()).containsExactly("CHUNK", "FILL");
  }

  /** Too little room for the first two gatherings. */
  private static final class Narrow implements PartitionTrainings.Trainer {
    private static final long serialVersionUID = 1L;
    private int gatherings;

    @Override
    public SortedMap<Hash128, Int8Code> room() {
      gatherings++;
      int most = gatherings <= 2 ? PASSAGES_MIN / 2 : PASSAGES_MIN;
      return new TreeMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Int8Code put(Hash128 uid, Int8Code code) {
          if (size() == most) {
            throw new OutOfMemoryError("as with a large sample");
          }
          return super.put(uid, code);
        }
      };
    }

    @Override
    public Partition train(SortedMap<Hash128, Int8Code> sample, long passages) {
      return counted(sample, passages);
    }
  }

  @Test
  void nothingIsSaidBeforeTheRunHasItsName() throws Exception {
    TRAININGS.set(2);
    sample();
    while (TRAININGS.get() < 3) {
      harness.setProcessingTime(harness.getProcessingTime() + 50);
    }
    for (int i = 0; i < 100; i++) {
      harness.setProcessingTime(harness.getProcessingTime() + 50);
    }
    assertThat(harness.extractOutputValues()).isEmpty();

    harness.processElement2(new StreamRecord<>(PartitionNews.run(7)));
    while (harness.extractOutputValues().isEmpty()) {
      harness.setProcessingTime(harness.getProcessingTime() + 50);
    }
    assertThat(kinds()).containsExactly("CHUNK", "FILL");
    for (int shard = 0; shard < 4; shard++) {
      harness.processElement2(new StreamRecord<>(PartitionNews.filled(1, 1, shard)));
      harness.processElement2(new StreamRecord<>(PartitionNews.filled(1, 1, shard)));
    }
    assertThat(kinds()).containsExactly("CHUNK", "FILL", "SERVE");
  }

  @Test
  void centroidsArePublishedInSlicesAndThePartitionIsToldBehindThem() throws Exception {
    startLarge();
    int chunks = PartitionChunk.count(large(new TreeMap<>(), 0));
    int before = harness.extractOutputValues().size();
    assertThat(before).isPositive().isLessThan(chunks);
    while (!kinds().contains("FILL")) {
      harness.setProcessingTime(harness.getProcessingTime() + 50);
      int now = harness.extractOutputValues().size();
      assertThat(now - before).isLessThan(chunks / 2);
      before = now;
    }
    assertThat(kinds()).hasSize(chunks + 1).endsWith("FILL");
    assertThat(keysLeft()).as("each chunk once").isEqualTo(chunks + 1);
  }

  @Test
  void versionThatEndsInBetweenLeavesNothingOnTheTopic() throws Exception {
    startLarge();
    end();
    for (int i = 0; i < 20; i++) {
      harness.setProcessingTime(harness.getProcessingTime() + 50);
    }
    assertThat(keysLeft()).isZero();
  }

  /** Up to the first slice of many chunks. */
  private void startLarge() throws Exception {
    harness.close();
    start(PartitionsFunctionTest::large);
    harness.processElement2(new StreamRecord<>(PartitionNews.run(7)));
    sample();
    while (harness.extractOutputValues().isEmpty()) {
      harness.setProcessingTime(harness.getProcessingTime() + 50);
    }
  }

  /** Records that compaction leaves. */
  private int keysLeft() {
    Map<ByteBuffer, OutboundRecord> last = new HashMap<>();
    for (OutboundRecord record : harness.extractOutputValues()) {
      last.put(ByteBuffer.wrap(record.key()), record);
    }
    return (int) last.values().stream().filter(record -> record.value() != null).count();
  }

  private static Partition large(SortedMap<Hash128, Int8Code> sample, long passages) {
    float[] rows = new float[6_000 * 3];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i % 97;
    }
    return Partition.of(new Centroids(rows, 2), new ProbeLimit(4, .5f));
  }

  private void end() throws Exception {
    harness.processElement1(
        new StreamRecord<>(new Sample(1, 0, Census.OVER, Hash128.ofTexts("over"), new float[] {})));
  }

  private void sample() throws Exception {
    sample(PASSAGES_MIN);
  }

  private void sample(int passages) throws Exception {
    for (int i = 1; i <= passages; i++) {
      Census census = new Census(i, 0);
      float[] vector = {i, 1};
      harness.processElement1(
          new StreamRecord<>(new Sample(1, 0, census, Hash128.ofTexts("" + i), vector)));
    }
  }

  private List<String> kinds() throws Exception {
    List<String> kinds = new ArrayList<>();
    for (OutboundRecord record : harness.extractOutputValues()) {
      byte[] value = record.value();
      if (value != null) {
        kinds.add(PartitionCodec.decode(value).kind().toString());
      }
    }
    return kinds;
  }

  /** Tells how large the sample was. */
  private static Partition counted(SortedMap<Hash128, Int8Code> sample, long passages) {
    TRAININGS.set(sample.size());
    return PartitionEvents.line(3, 1);
  }

  /** Runs out of memory, then out of stack, and is well from then on. */
  private static Partition train(SortedMap<Hash128, Int8Code> sample, long passages) {
    int training = TRAININGS.incrementAndGet();
    if (training == 1) {
      throw new OutOfMemoryError("as with a large sample");
    }
    if (training == 2) {
      throw new StackOverflowError("as in a deep recursion");
    }
    return PartitionTraining.train(sample, passages);
  }
}
