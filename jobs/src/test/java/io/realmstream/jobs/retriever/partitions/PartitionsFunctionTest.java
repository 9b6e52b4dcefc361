package io.realmstream.jobs.retriever.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionCodec;
import io.realmstream.model.index.partition.PartitionTraining;
import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.model.serving.placement.Census;
import io.realmstream.model.serving.placement.Sample;
import io.realmstream.schemas.Hash128;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
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
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(
                new PartitionsFunction(
                    4, PASSAGES_MIN, Duration.ofSeconds(60), PartitionsFunctionTest::train)),
            Sample::version,
            PartitionNews::version,
            Types.INT);
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

  private void sample() throws Exception {
    for (int i = 1; i <= PASSAGES_MIN; i++) {
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
