package io.realmstream.deploy.bench.overhead;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.graph.JobGraph;
import io.realmstream.jobs.kafka.KafkaEnds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The least that a Flink job between two topics can do: it writes what it reads. Runs on the same
 * cluster with the same settings as the jobs that are measured, so that what Kafka, Flink and the
 * machine cost is on both sides.
 */
final class PassThroughJob {
  static final String IN = "realm.bench-in";
  static final String OUT = "realm.bench-out";
  private static final int PARTITIONS = 4;

  private PassThroughJob() {}

  /** Makes the topics and returns the job. */
  static EmbeddedJob of(Configuration settings) {
    Map<String, Object> client =
        Map.of("bootstrap.servers", settings.get(RealmOptions.BOOTSTRAP_SERVERS));
    try (Admin admin = Admin.create(client)) {
      Connection.await(
          admin
              .createTopics(
                  List.of(
                      new NewTopic(IN, Optional.of(PARTITIONS), Optional.empty()),
                      new NewTopic(OUT, Optional.of(PARTITIONS), Optional.empty())))
              .all());
    }
    return new EmbeddedJob("PassThrough", "", settings, PassThroughJob::build, false);
  }

  private static void build(StreamExecutionEnvironment environment, Configuration settings) {
    JobGraph graph = new JobGraph(environment, settings, new KafkaEnds(settings));
    DataStream<OutboundRecord> passed =
        graph.named(
            graph.read(IN, "bench-in", OffsetsInitializer.earliest()).map(new PassFunction()),
            "pass",
            "Hands each record on");
    graph.write(passed, OUT);
  }

  /** Hands each record on. */
  private static final class PassFunction implements MapFunction<InboundRecord, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public OutboundRecord map(InboundRecord record) {
      return new OutboundRecord(
          OutboundRecord.BY_KEY, record.key(), record.value(), record.headers());
    }
  }
}
