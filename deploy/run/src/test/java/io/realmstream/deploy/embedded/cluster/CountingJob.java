package io.realmstream.deploy.embedded.cluster;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** A small job with state that must live in files: it counts numbers and says where it began. */
public final class CountingJob {
  /** The count that each started subtask found at its first number: 0 = began empty. */
  public static final BlockingQueue<Long> FIRST_COUNTS = new LinkedBlockingQueue<>();

  private CountingJob() {}

  public static EmbeddedJob named(String name) {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    settings.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ZERO);
    return new EmbeddedJob(name, "", settings, CountingJob::build, false);
  }

  private static void build(StreamExecutionEnvironment environment, Configuration settings) {
    environment
        .fromSource(
            new NumberSequenceSource(1, Long.MAX_VALUE),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .keyBy(number -> 0, Types.INT)
        .process(new CountFunction())
        .name("count")
        .uid("count")
        .sinkTo(new DiscardingSink<>());
  }

  /** Counts in a value too large to be kept inside a checkpoint's metadata. */
  private static final class CountFunction extends KeyedProcessFunction<Integer, Long, Long> {
    private transient @Nullable ValueState<byte[]> ballast;
    private transient @Nullable ValueState<Long> count;
    private transient boolean told;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
      ballast =
          getRuntimeContext()
              .getState(
                  new ValueStateDescriptor<>(
                      "ballast", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    @SuppressWarnings("NullAway") // opened before the first element; a value may be missing
    public void processElement(Long number, Context context, Collector<Long> output)
        throws Exception {
      Long before = count.value();
      if (!told) {
        told = true;
        FIRST_COUNTS.add(before == null ? 0 : before);
      }
      count.update(before == null ? 1 : before + 1);
      if (number % 64 == 0) {
        byte[] noise = new byte[64 << 10];
        new Random(number).nextBytes(noise);
        ballast.update(noise);
      }
    }
  }
}
