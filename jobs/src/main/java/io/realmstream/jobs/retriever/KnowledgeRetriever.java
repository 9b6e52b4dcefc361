package io.realmstream.jobs.retriever;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.graph.Ends;
import io.realmstream.jobs.graph.JobGraph;
import io.realmstream.jobs.kafka.KafkaEnds;
import io.realmstream.jobs.retriever.freshness.FreshnessFunction;
import io.realmstream.jobs.retriever.gather.GatherPassagesFunction;
import io.realmstream.jobs.retriever.passages.PassagesFunction;
import io.realmstream.jobs.retriever.query.Answers;
import io.realmstream.jobs.retriever.query.RouteFunction;
import io.realmstream.jobs.retriever.vectors.DecodeVectorsFunction;
import io.realmstream.jobs.retriever.vectors.EndedIndexesOperator;
import io.realmstream.jobs.versions.DecodeVersionsOperator;
import io.realmstream.schemas.Topics;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/**
 * The job that answers. Latency decides here: nothing waits for a checkpoint, and no model is
 * opened in a query's way.
 *
 * <pre>
 * passage-vectors -> decode-vectors -> assign (document shard) -> cells (cell shard)
 *                          |                                       ^    |        |
 *                          | texts, manifests, heartbeats    probes|    |acks    |partials
 *                          v                                       |    v        |
 *                      passages (document shard) <-----------------|----+        |
 *                       |  ^ lookups |                             |             |
 *    document-status <--+  |         +-> freshness --> date        |             |
 *    republications  <--+  |                           |           |             |
 *    index-versions <- announce-ready                  ^  |        |             |
 *                          |         found             |  v        |             |
 * answers <- read-marginalize <------ gather-passages -+  |        |             |
 *                          |              ^ (request)              |             |
 *                          +--------- merge-top-k (request) <------|-------------+
 *                                         ^                        |
 * queries -> decode-queries -> stamp -> embed-query -> route ------+
 *                                ^
 * index-versions -> decode-versions -> ended-indexes -> assign, passages, freshness
 * freshness ------> decode-freshness (marks of what freshness has said) -> settled-shards -> assign
 *
 * gather-passages -> (search-again topic) -> decode-search-again -> stamp
 * assign -> partitions -> (partitions topic) -> decode-partitions -> assign, route, partitions
 *               ^ cells
 * </pre>
 *
 * <p>Several retrievers may run beside each other, each with topics of its own (see {@link
 * Topics}). Only the first one writes to document-status and index-versions.
 */
public final class KnowledgeRetriever {
  private final ReadableConfig settings;
  private final JobGraph graph;
  private final Topics topics;
  private final RetrieverInputs inputs;
  private final IndexOperators index;
  private final QuestionOperators questions;

  private KnowledgeRetriever(StreamExecutionEnvironment env, ReadableConfig settings, Ends ends) {
    this.settings = settings;
    graph = new JobGraph(env, settings, ends);
    topics = RealmOptions.topics(settings);
    inputs = new RetrieverInputs(graph, settings);
    index = new IndexOperators(graph, settings);
    questions = new QuestionOperators(graph, settings);
  }

  public static void main(String[] arguments) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    ReadableConfig settings = ParameterTool.fromArgs(arguments).getConfiguration();
    build(env, settings);
    env.execute(name(RealmOptions.topics(settings)));
  }

  /** What Flink calls the job of that retriever. */
  public static String name(Topics topics) {
    String first = KnowledgeRetriever.class.getSimpleName();
    return topics.retriever().isEmpty() ? first : first + "-" + topics.retriever();
  }

  /** Lays the job's graph; its topics must exist. */
  public static void build(StreamExecutionEnvironment env, ReadableConfig settings)
      throws Exception {
    build(env, settings, new KafkaEnds(settings));
  }

  /** Lays the job's graph between these ends. */
  public static void build(StreamExecutionEnvironment env, ReadableConfig settings, Ends ends)
      throws Exception {
    new KnowledgeRetriever(env, settings, ends).lay();
  }

  private void lay() throws Exception {
    graph.ends().requireOrder();
    var read = inputs.vectors();
    var requests = inputs.queries();
    var repeated = inputs.searchesAgain();
    var versions = inputs.versions();
    var ended = inputs.ended(versions);
    var marks = inputs.freshness();
    var stamped =
        questions.stamp(
            requests.union(repeated),
            inputs.stampInputs(versions.getSideOutput(DecodeVersionsOperator.STEPS), marks));
    var events = inputs.partitions();
    var probes = questions.route(questions.embedQuery(stamped), events);
    var updates = index.assign(read.union(ended, inputs.settled(marks)), events);
    var partials = index.cells(updates, probes);
    var candidates = questions.mergeTopK(probes.getSideOutput(RouteFunction.ROUTED), partials);
    var documents = read.getSideOutput(DecodeVectorsFunction.PASSAGE_EVENTS).union(ended);
    var found = index.passages(documents, partials, candidates);
    var claims = index.freshness(found, ended.getSideOutput(EndedIndexesOperator.ENDED));
    var gathered = questions.gatherPassages(candidates, found);
    var answers =
        questions
            .readMarginalize(questions.date(gathered, claims))
            .union(
                requests.getSideOutput(Answers.EARLY),
                stamped.getSideOutput(Answers.EARLY),
                probes.getSideOutput(Answers.EARLY));
    graph.write(answers, topics.answers(), settings.get(RealmOptions.ANSWERS_DELIVERY));
    var again = gathered.getSideOutput(GatherPassagesFunction.SEARCHES_AGAIN);
    graph.write(again, topics.searchAgain());
    graph.write(claims.getSideOutput(FreshnessFunction.MARKS), topics.freshness());
    var republications = found.getSideOutput(PassagesFunction.REQUESTS);
    graph.write(republications, topics.republications());
    if (topics.retriever().isEmpty()) {
      // one tells for all what is answerable: the first
      graph.write(found.getSideOutput(PassagesFunction.STATUS), topics.documentStatus());
      graph.write(index.announceReady(found, versions), topics.indexVersions());
    }
    var divisions = index.partitions(updates, partials, events);
    graph.write(divisions, topics.partitions());
    DataStream<OutboundRecord> deadLetters =
        inputs.deadLetters().union(partials.getSideOutput(DeadLetters.TAG));
    graph.write(deadLetters, topics.deadLetters());
  }
}
