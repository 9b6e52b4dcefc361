package io.realmstream.jobs.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.util.function.SerializableSupplier;
import org.junit.jupiter.api.Test;

class JobGraphTest {
  private static final String TOPIC = new Topics("realm").indexVersions();

  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
  private final Asked asked = new Asked();
  private final JobGraph graph;

  JobGraphTest() {
    env.setParallelism(4);
    Configuration settings = new Configuration();
    settings.set(RealmOptions.SHARDS, 8);
    graph = new JobGraph(env, settings, asked);
  }

  @Test
  void environmentIsSetForAllOperators() {
    assertThat(env.getMaxParallelism()).isEqualTo(8);
    assertThat(env.getConfig().isObjectReuseEnabled()).isTrue();
    assertThat(env.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(env.getBufferTimeout()).isZero();
  }

  @Test
  void sourceIsNamedByWhatTheReaderReads() {
    SingleOutputStreamOperator<InboundRecord> source =
        graph.read(TOPIC, "updater-index-versions", OffsetsInitializer.earliest());

    assertThat(source.getName()).isEqualTo("index-versions-source");
    assertThat(source.getTransformation().getUid()).isEqualTo("index-versions-source");
    assertThat(source.getTransformation().getDescription())
        .startsWith("index-versions-source: Reads " + TOPIC + "\n");
    assertThat(source.getTransformation().getMaxParallelism()).isEqualTo(8);
  }

  @Test
  void topicsInOrderAreReadInOneTaskAndOthersInAll() {
    OffsetsInitializer start = OffsetsInitializer.earliest();

    assertThat(graph.read(TOPIC, "r-a", start).getParallelism()).isEqualTo(4);
    assertThat(graph.readDocuments(TOPIC, "r-b").getParallelism()).isEqualTo(4);
    assertThat(graph.readAll(TOPIC, "r-c").getParallelism()).isEqualTo(1);
    assertThat(graph.readOnce(TOPIC, "r-d").getParallelism()).isEqualTo(1);
    assertThat(graph.readAgain(TOPIC, "r-e", start).getParallelism()).isEqualTo(1);
    assertThat(graph.readCountingLoss(TOPIC, "r-f").getParallelism()).isEqualTo(4);
    assertThat(asked.sources)
        .containsExactly(
            "from r-a",
            "documents r-b",
            "from r-c",
            "to end r-d",
            "again r-e",
            "counting loss r-f");
  }

  @Test
  void sinkIsNamedByItsTopicWithoutPrefixAndVersion() {
    graph.write(records(), "my.realm.dead-letters.v12");

    assertThat(sinks()).isNotEmpty().allMatch(uid -> uid.startsWith("dead-letters-sink"));
    assertThat(asked.sinks).containsExactly("my.realm.dead-letters.v12 AT_LEAST_ONCE");
  }

  @Test
  void recordsAreWrittenOnceWhereThatIsAskedFor() {
    graph.write(records(), "realm.answers.v1", DeliveryGuarantee.EXACTLY_ONCE);

    assertThat(asked.sinks).containsExactly("realm.answers.v1 EXACTLY_ONCE");
  }

  private DataStream<OutboundRecord> records() {
    return graph
        .readAll(TOPIC, "r-read")
        .map(
            record -> new OutboundRecord(OutboundRecord.BY_KEY, null, null, List.of()),
            JobGraph.type(OutboundRecord.class));
  }

  private List<String> sinks() {
    return env.getStreamGraph(false).getStreamNodes().stream()
        .map(StreamNode::getTransformationUID)
        .filter(uid -> uid != null && uid.contains("sink"))
        .toList();
  }

  /** Ends that say what they were asked for. */
  private static final class Asked implements Ends {
    final List<String> sources = new ArrayList<>();
    final List<String> sinks = new ArrayList<>();
    private final MemoryEnds ends = new MemoryEnds(new Topics("realm"));

    @Override
    public Source<InboundRecord, ?, ?> source(
        String topic, String reader, OffsetsInitializer start) {
      sources.add("from " + reader);
      return ends.source(topic, reader, start);
    }

    @Override
    public Source<InboundRecord, ?, ?> sourceCountingLoss(String topic, String reader) {
      sources.add("counting loss " + reader);
      return ends.sourceCountingLoss(topic, reader);
    }

    @Override
    public Source<InboundRecord, ?, ?> sourceToEnd(String topic, String reader) {
      sources.add("to end " + reader);
      return ends.sourceToEnd(topic, reader);
    }

    @Override
    public Source<InboundRecord, ?, ?> sourceAgain(
        String topic, String reader, OffsetsInitializer start) {
      sources.add("again " + reader);
      return ends.sourceAgain(topic, reader, start);
    }

    @Override
    public Source<DocumentsRecord, ?, ?> documents(String topic, String reader) {
      sources.add("documents " + reader);
      return ends.documents(topic, reader);
    }

    @Override
    public Sink<OutboundRecord> sink(String topic, DeliveryGuarantee delivery) {
      sinks.add(topic + " " + delivery.name());
      return ends.sink(topic, delivery);
    }

    @Override
    public SerializableSupplier<Map<Integer, Long>> logEnds(String topic) {
      return ends.logEnds(topic);
    }

    @Override
    public int partitions(String topic) {
      return ends.partitions(topic);
    }

    @Override
    public void requireOrder() {
      ends.requireOrder();
    }
  }
}
