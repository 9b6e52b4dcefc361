package io.realmstream.jobs.launch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.graph.MemoryEnds;
import io.realmstream.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.streaming.api.functions.co.CoFlatMapFunction;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A small graph of the retriever's shape, whose answers leave more slowly than questions come. */
class BackpressureTest {
  private static final Topics TOPICS = new Topics("realm");
  private static final int QUESTIONS = 50_000;
  private static final int ANSWER_BYTES = 8_000;
  private static final int ANSWER_MS = 2;

  /** A page a buffer, so that all of them are full soon. */
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setConfiguration(
                  new Configuration()
                      .set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.parse("4kb")))
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  private final MemoryEnds ends = new MemoryEnds(TOPICS);

  /**
   * If its barrier overtook questions at {@code cells}, the sink would stop reading answers until
   * the barrier of {@code stamp} came; and {@code stamp} would not go on until answers are read.
   */
  @Test
  void aCheckpointEndsWhileEverythingWaitsForTheSink(@InjectMiniCluster MiniCluster cluster)
      throws Exception {
    for (int i = 0; i < QUESTIONS; i++) {
      ends.send(TOPICS.queries(), new byte[] {(byte) i}, new byte[32]);
    }
    Configuration settings = JobSettings.configuration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    env.setParallelism(1);
    lay(env);
    JobClient job = env.executeAsync();
    try {
      await().atMost(Duration.ofMinutes(2)).until(() -> SlowSink.LEFT.get() > 200);
      assertThatCode(() -> cluster.triggerCheckpoint(job.getJobID()).get(50, TimeUnit.SECONDS))
          .doesNotThrowAnyException();
    } finally {
      job.cancel().get();
    }
  }

  private void lay(StreamExecutionEnvironment env) {
    var questions = read(env, TOPICS.queries());
    var versions = read(env, TOPICS.indexVersions());
    var vectors = read(env, TOPICS.passageVectors());
    var state = new MapStateDescriptor<>("versions", Types.STRING, Types.STRING);
    var stamped = questions.connect(versions.broadcast(state)).process(new Stamp()).name("stamp");
    var found =
        stamped
            .keyBy(InboundRecord::offset, Types.LONG)
            .connect(vectors.keyBy(InboundRecord::offset, Types.LONG))
            .flatMap(new Cells())
            .name("cells");
    var early = stamped.filter(record -> false);
    found.union(early).sinkTo(new SlowSink());
  }

  private DataStream<InboundRecord> read(StreamExecutionEnvironment env, String topic) {
    var source = ends.source(topic, topic, OffsetsInitializer.earliest());
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), topic);
  }

  private static final class Stamp
      extends BroadcastProcessFunction<InboundRecord, InboundRecord, InboundRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(
        InboundRecord question, ReadOnlyContext context, Collector<InboundRecord> out) {
      out.collect(question);
    }

    @Override
    public void processBroadcastElement(
        InboundRecord version, Context context, Collector<InboundRecord> out) {}
  }

  /** What is found is much larger than what was asked. */
  private static final class Cells
      implements CoFlatMapFunction<InboundRecord, InboundRecord, InboundRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap1(InboundRecord question, Collector<InboundRecord> out) {
      out.collect(
          new InboundRecord(
              question.topic(),
              question.partition(),
              question.offset(),
              question.timestamp(),
              question.key(),
              new byte[ANSWER_BYTES],
              List.of()));
    }

    @Override
    public void flatMap2(InboundRecord vector, Collector<InboundRecord> out) {}
  }

  private record SlowSink() implements Sink<InboundRecord> {
    static final AtomicInteger LEFT = new AtomicInteger();

    @Override
    public SinkWriter<InboundRecord> createWriter(WriterInitContext context) {
      return new Writer();
    }
  }

  private record Writer() implements SinkWriter<InboundRecord> {
    @Override
    public void write(InboundRecord answer, SinkWriter.Context context)
        throws InterruptedException {
      Thread.sleep(ANSWER_MS);
      SlowSink.LEFT.incrementAndGet();
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
