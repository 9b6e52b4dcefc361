package io.realmstream.jobs.learner;

import static io.realmstream.jobs.graph.JobGraph.type;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.Models;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.graph.Ends;
import io.realmstream.jobs.graph.JobGraph;
import io.realmstream.jobs.kafka.KafkaEnds;
import io.realmstream.jobs.learner.feedback.DecodeFeedbackFunction;
import io.realmstream.jobs.learner.learn.LearnOperator;
import io.realmstream.jobs.learner.learn.LearnOperatorFactory;
import io.realmstream.jobs.learner.learn.LearnOutput;
import io.realmstream.jobs.learner.learn.LearnSettings;
import io.realmstream.jobs.learner.trunks.DecodeTrunksFunction;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.jobs.versions.DecodeVersionsOperator;
import io.realmstream.jobs.versions.VersionStep;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.version.VersionProposal;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/**
 * The job that learns the retriever's projections from live documents, and publishes what finds
 * held-out documents better for certain.
 *
 * <pre>
 * passage vectors --> decode-trunks --(document shard)--> learn --> retriever checkpoints
 * feedback --> decode-feedback --(document shard)---------^ |
 * version log --> decode-versions ------------------------' |--> learning status
 *                                                           |--> republications
 *                                                           '--> version log
 * </pre>
 */
public final class RetrieverLearner {
  private static final String VECTORS = "learner-vectors";

  private final JobGraph graph;
  private final Topics topics;
  private final ReadableConfig settings;
  private final Shards shards;
  private final LearnSettings fixed;

  private RetrieverLearner(StreamExecutionEnvironment env, ReadableConfig settings, Ends ends) {
    this.settings = settings;
    fixed = LearnSettings.of(settings);
    graph = new JobGraph(env, settings, ends);
    topics = RealmOptions.topics(settings);
    shards = new Shards(settings.get(RealmOptions.SHARDS));
  }

  /** Runs the job; arguments are settings, as in {@code --realm.learning.dimension 192}. */
  public static void main(String[] arguments) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    build(env, ParameterTool.fromArgs(arguments).getConfiguration());
    env.execute(RetrieverLearner.class.getSimpleName());
  }

  /** Lays the job's graph; its topics must exist. */
  public static void build(StreamExecutionEnvironment env, ReadableConfig settings) {
    build(env, settings, new KafkaEnds(settings));
  }

  /**
   * Lays the job's graph between these ends.
   *
   * @throws IllegalArgumentException in words for people: a setting that cannot be
   */
  public static void build(StreamExecutionEnvironment env, ReadableConfig settings, Ends ends) {
    new RetrieverLearner(env, settings, ends).lay();
  }

  private void lay() {
    SingleOutputStreamOperator<TrunkEvent> feedback = decodeFeedback();
    var learned = learn(decodeTrunks().union(feedback), decodeVersions());
    graph.write(learned, topics.retrieverCheckpoints());
    graph.write(learned.getSideOutput(LearnOutput.STATUS), topics.learningStatus());
    graph.write(learned.getSideOutput(LearnOutput.REQUESTS), topics.republications());
    graph.write(learned.getSideOutput(LearnOutput.PROPOSALS), topics.indexVersions());
    graph.write(feedback.getSideOutput(DeadLetters.TAG), topics.deadLetters());
  }

  private SingleOutputStreamOperator<TrunkEvent> decodeFeedback() {
    return graph.named(
        graph
            .read(topics.feedback(), "learner-feedback", OffsetsInitializer.earliest())
            .process(new DecodeFeedbackFunction(shards.count()), type(TrunkEvent.class)),
        DecodeFeedbackFunction.UID,
        "Decodes feedback\nWell: deadLetters does not grow");
  }

  private SingleOutputStreamOperator<TrunkEvent> decodeTrunks() {
    return graph.named(
        readVectors().process(new DecodeTrunksFunction(shards.count()), type(TrunkEvent.class)),
        DecodeTrunksFunction.UID,
        "Decodes trunk outputs, and says where a record was lost\nWell: gaps does not grow");
  }

  /** Where order is held, what is ahead is held back: so no partition is read far ahead. */
  private SingleOutputStreamOperator<InboundRecord> readVectors() {
    String topic = topics.passageVectors();
    return fixed.holdsOrder()
        ? graph.readAbreast(topic, VECTORS, Duration.ofMillis(fixed.windowMs()))
        : graph.read(topic, VECTORS, OffsetsInitializer.earliest());
  }

  private DataStream<VersionStep> decodeVersions() {
    SingleOutputStreamOperator<VersionProposal> log =
        graph
            .named(
                graph
                    .readAll(topics.indexVersions(), "learner-versions")
                    .transform(
                        DecodeVersionsOperator.UID,
                        type(VersionProposal.class),
                        new DecodeVersionsOperator(graph.ends().logEnds(topics.indexVersions()))),
                DecodeVersionsOperator.UID,
                "Decodes the version log, and says when its end is reached\n"
                    + "Well: deadLetters does not grow")
            .setParallelism(1);
    return log.getSideOutput(DecodeVersionsOperator.STEPS);
  }

  private SingleOutputStreamOperator<OutboundRecord> learn(
      DataStream<TrunkEvent> events, DataStream<VersionStep> log) {
    Shards numbering = shards;
    return graph
        .named(
            events
                .keyBy(event -> numbering.key(event.shard()), Types.INT)
                .connect(log.keyBy(step -> numbering.key(0), Types.INT))
                .transform(
                    LearnOperator.UID,
                    type(OutboundRecord.class),
                    new LearnOperatorFactory(fixed, new Models(settings))),
            LearnOperator.UID,
            "Learns from live documents' sentences; publishes what passes the gate\n"
                + "Well: passes grows after documents came")
        .setParallelism(1);
  }
}
