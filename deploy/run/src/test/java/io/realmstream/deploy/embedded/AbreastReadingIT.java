package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.graph.JobGraph;
import io.realmstream.jobs.kafka.KafkaEnds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two partitions of one span of time, of which the first has a hundred times as many records: read
 * one by one, it is over before the other has begun; read abreast, neither is far ahead.
 */
@Timeout(900)
class AbreastReadingIT {
  private static final String TOPIC = "uneven";
  private static final int SECONDS = 600;
  private static final int RECORDS_A_SECOND = 100;
  private static final int LARGE = 2_000;
  private static final int AHEAD_SECONDS = 60;

  /** What is fetched before a pause counts, and what is read until readers hear of each other. */
  private static final int SLACK_SECONDS = 90;

  /** By partition: the time of the last record, in seconds. */
  private static final AtomicLongArray TIMES = new AtomicLongArray(2);

  /** By how much the first was ahead at most, once the second was half through; in seconds. */
  private static final AtomicLong LEAD = new AtomicLong();

  @Test
  void noPartitionIsReadFarAheadOfAnother(@TempDir Path directory) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      Configuration settings = new Configuration();
      settings.set(RealmOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
      fill(broker.bootstrapServers());
      long abreast = lead(settings, true);
      long apart = lead(settings, false);
      System.out.printf("ahead by %d s, without pacing by %d s%n", abreast, apart);
      assertThat(abreast).isLessThanOrEqualTo(AHEAD_SECONDS + SLACK_SECONDS);
      assertThat(apart).isGreaterThan(abreast).isGreaterThan(AHEAD_SECONDS + SLACK_SECONDS);
    }
  }

  private static long lead(Configuration settings, boolean isAbreast) throws Exception {
    TIMES.set(0, 0);
    TIMES.set(1, 0);
    LEAD.set(0);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(3); // a reader without a partition holds nobody up
    JobGraph graph = new JobGraph(env, settings, new KafkaEnds(settings));
    DataStream<InboundRecord> read =
        isAbreast
            ? graph.readAbreast(TOPIC, "test-uneven", Duration.ofSeconds(AHEAD_SECONDS))
            : graph.read(TOPIC, "test-uneven", OffsetsInitializer.earliest()).setParallelism(1);
    read.process(new Watch()).setParallelism(1);
    JobClient job = env.executeAsync();
    await("the end of both partitions, of " + TIMES)
        .atMost(Duration.ofMinutes(7))
        .until(() -> TIMES.get(0) == SECONDS - 1 && TIMES.get(1) == SECONDS - 1);
    job.cancel().get();
    return LEAD.get();
  }

  private static final class Watch extends ProcessFunction<InboundRecord, Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(InboundRecord record, Context context, Collector<Integer> out) {
      TIMES.set(record.partition(), record.timestamp() / 1_000);
      if (TIMES.get(1) > SECONDS / 2) {
        LEAD.accumulateAndGet(TIMES.get(0) - TIMES.get(1), Math::max);
      }
    }
  }

  private static void fill(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      NewTopic topic = new NewTopic(TOPIC, 2, (short) 1);
      topic.configs(Map.of("retention.ms", "-1")); // the times are those of 1970
      admin.createTopics(List.of(topic)).all().get();
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int second = 0; second < SECONDS; second++) {
        long timeMs = second * 1_000L;
        sent.add(producer.send(new ProducerRecord<>(TOPIC, 1, timeMs, null, new byte[LARGE])));
        for (int i = 0; i < RECORDS_A_SECOND; i++) {
          sent.add(producer.send(new ProducerRecord<>(TOPIC, 0, timeMs, null, new byte[1])));
        }
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }
}
