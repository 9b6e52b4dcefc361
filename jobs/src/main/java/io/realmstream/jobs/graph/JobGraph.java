package io.realmstream.jobs.graph;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RealmOptions;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What every operator of both jobs is given: a uid that is also its name, and a description. */
public final class JobGraph {
  /** How often readers say how far they are, and hear how far they may go. */
  private static final Duration ALIGNMENT = Duration.ofMillis(200);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final StreamExecutionEnvironment env;
  private final Ends ends;
  private final int shards;

  /** Prepares the environment. */
  public JobGraph(StreamExecutionEnvironment env, ReadableConfig settings, Ends ends) {
    this.env = env;
    this.ends = ends;
    shards = settings.get(RealmOptions.SHARDS);
    Configuration fixed = new Configuration();
    fixed.set(PipelineOptions.MAX_PARALLELISM, shards);
    fixed.set(PipelineOptions.GENERIC_TYPES, false);
    fixed.set(PipelineOptions.OBJECT_REUSE, true);
    // each record travels at once; a timeout of 1 ms costs a thread a task that wakes all the time
    fixed.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ZERO);
    env.configure(fixed);
  }

  /** What it reads from and writes to. */
  public Ends ends() {
    return ends;
  }

  /**
   * Reads a topic from its beginning, in one task.
   *
   * @param reader who reads what, for instance {@code updater-checkpoints}: the consumer group; its
   *     second word names the source
   */
  public SingleOutputStreamOperator<InboundRecord> readAll(String topic, String reader) {
    return read(topic, reader, OffsetsInitializer.earliest()).setParallelism(1);
  }

  /** Reads a topic of independent partitions. */
  public SingleOutputStreamOperator<InboundRecord> read(
      String topic, String reader, OffsetsInitializer start) {
    return read(topic, reader, ends.source(topic, reader, start));
  }

  /**
   * Reads a topic from its beginning, and no partition further ahead of another than that, by the
   * times of records. A partition of which nothing comes for ten seconds is not waited for.
   */
  public SingleOutputStreamOperator<InboundRecord> readAbreast(
      String topic, String reader, Duration ahead) {
    return read(
        reader,
        topic,
        ends.source(topic, reader, OffsetsInitializer.earliest()),
        WatermarkStrategy.<InboundRecord>forGenerator(context -> new EachTime())
            .withIdleness(PATIENCE)
            .withWatermarkAlignment(reader, ahead, ALIGNMENT));
  }

  /** A source's split is paused by its watermarks: each record has one, so no pause comes late. */
  private static final class EachTime implements WatermarkGenerator<InboundRecord> {
    private long latestMs = Long.MIN_VALUE;

    @Override
    public void onEvent(InboundRecord event, long timeMs, WatermarkOutput output) {
      if (timeMs > latestMs) {
        latestMs = timeMs;
        output.emitWatermark(new Watermark(timeMs));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }

  /** Reads a topic of independent partitions from its beginning, and counts what left it unread. */
  public SingleOutputStreamOperator<InboundRecord> readCountingLoss(String topic, String reader) {
    return read(topic, reader, ends.sourceCountingLoss(topic, reader));
  }

  /** Reads what a topic holds at a start without state, in one task, which ends then. */
  public SingleOutputStreamOperator<InboundRecord> readOnce(String topic, String reader) {
    return read(topic, reader, ends.sourceToEnd(topic, reader)).setParallelism(1);
  }

  /** Reads a topic at each start from where the first start without state began, in one task. */
  public SingleOutputStreamOperator<InboundRecord> readAgain(
      String topic, String reader, OffsetsInitializer start) {
    return read(topic, reader, ends.sourceAgain(topic, reader, start)).setParallelism(1);
  }

  /** Reads the documents topic, and behind its records how far they are read. */
  public SingleOutputStreamOperator<DocumentsRecord> readDocuments(String topic, String reader) {
    return read(topic, reader, ends.documents(topic, reader));
  }

  private <T> SingleOutputStreamOperator<T> read(
      String topic, String reader, Source<T, ?, ?> source) {
    return read(reader, topic, source, WatermarkStrategy.noWatermarks());
  }

  private <T> SingleOutputStreamOperator<T> read(
      String reader, String topic, Source<T, ?, ?> source, WatermarkStrategy<T> watermarks) {
    String uid = reader.substring(reader.indexOf('-') + 1) + "-source";
    return named(
        env.fromSource(source, watermarks, uid),
        uid,
        "Reads " + topic + "\nWell: pendingRecords does not grow");
  }

  /** Writes records to a topic, repeating after a failure rather than losing any. */
  public void write(DataStream<OutboundRecord> records, String topic) {
    write(records, topic, DeliveryGuarantee.AT_LEAST_ONCE);
  }

  /** Of {@code realm.dead-letters.v1} the sink is {@code dead-letters-sink}. */
  public void write(DataStream<OutboundRecord> records, String topic, DeliveryGuarantee delivery) {
    String unversioned = topic.replaceFirst("\\.v\\d+$", "");
    String uid = unversioned.substring(unversioned.lastIndexOf('.') + 1) + "-sink";
    records
        .sinkTo(ends.sink(topic, delivery))
        .uid(uid)
        .name(uid)
        .setDescription("Writes " + topic)
        .setMaxParallelism(shards);
  }

  /**
   * Gives the operator its identity; the uid is part of every savepoint.
   *
   * @param description two lines: what it does; the metric that tells whether it is well
   */
  public <T> SingleOutputStreamOperator<T> named(
      SingleOutputStreamOperator<T> operator, String uid, String description) {
    // the dashboard's graph shows the description alone
    return operator
        .uid(uid)
        .name(uid)
        .setDescription(uid + ": " + description)
        .setMaxParallelism(shards);
  }

  /** The same, as a task by itself: what it takes is not mixed with what its neighbours take. */
  public <T> SingleOutputStreamOperator<T> alone(
      SingleOutputStreamOperator<T> operator, String uid, String description) {
    return named(operator, uid, description).disableChaining();
  }

  /** The type of a travelling record. */
  public static <T> TypeInformation<T> type(Class<T> type) {
    return TypeInformation.of(type);
  }
}
