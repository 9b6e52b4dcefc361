package io.realmstream.jobs.retriever;

import static io.realmstream.jobs.JobGraph.type;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.JobGraph;
import io.realmstream.jobs.Models;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.versions.DecodeVersionsOperator;
import io.realmstream.model.freshness.FreshnessClaim;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.version.VersionProposal;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
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
 * freshness ------> decode-freshness (marks of what freshness has said)
 *
 * gather-passages -> (search-again topic) -> decode-search-again -> stamp
 * assign -> partitions -> (partitions topic) -> decode-partitions -> assign, route, partitions
 *               ^ cells
 * </pre>
 */
public final class KnowledgeRetriever {
  private final ReadableConfig settings;
  private final JobGraph graph;
  private final Topics topics;
  private final Shards shards;
  private final Models models;
  private final ModelStage stage;
  private final RetrieverInputs inputs;

  private KnowledgeRetriever(StreamExecutionEnvironment env, ReadableConfig settings) {
    this.settings = settings;
    graph = new JobGraph(env, settings);
    topics = RealmOptions.topics(settings);
    inputs = new RetrieverInputs(graph, settings);
    shards = new Shards(settings.get(RealmOptions.SHARDS));
    models = new Models(settings);
    stage = ModelStage.of(settings);
  }

  public static void main(String[] arguments) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    build(env, ParameterTool.fromArgs(arguments).getConfiguration());
    env.execute("KnowledgeRetriever");
  }

  /** Lays the job's graph; its topics must exist. */
  public static void build(StreamExecutionEnvironment env, ReadableConfig settings)
      throws Exception {
    new KnowledgeRetriever(env, settings).lay();
  }

  private void lay() throws Exception {
    graph.requireOrder();
    var read = inputs.vectors();
    var requests = inputs.queries();
    var again = inputs.searchesAgain();
    var versions = inputs.versions();
    var ended = inputs.ended(versions);
    var stamped =
        stamp(
            requests.union(again),
            inputs.stampInputs(versions.getSideOutput(DecodeVersionsOperator.STEPS)));
    var partitions = inputs.partitions();
    var probes = route(embed(stamped), partitions);
    var updates = assign(read.union(ended), partitions);
    var partials = search(updates, probes);
    var candidates = merge(probes.getSideOutput(Outputs.ROUTED), partials);
    var documents = read.getSideOutput(Outputs.PASSAGE_EVENTS).union(ended);
    var found = lookUp(documents, partials, candidates);
    var claims = freshness(found, ended.getSideOutput(Outputs.ENDED));
    var gathered = gather(candidates, found);
    var answers =
        read(date(gathered, claims))
            .union(
                requests.getSideOutput(Outputs.ANSWERS),
                stamped.getSideOutput(Outputs.ANSWERS),
                probes.getSideOutput(Outputs.ANSWERS));
    graph.write(
        answers, topics.answers(), "answers-sink", settings.get(RealmOptions.ANSWERS_DELIVERY));
    graph.write(
        gathered.getSideOutput(Outputs.SEARCHES_AGAIN), topics.searchAgain(), "search-again-sink");
    graph.write(found.getSideOutput(Outputs.STATUS), topics.documentStatus(), "status-sink");
    graph.write(claims.getSideOutput(Outputs.MARKS), topics.freshness(), "freshness-sink");
    graph.write(found.getSideOutput(Outputs.REQUESTS), topics.republications(), "requests-sink");
    graph.write(announce(found, versions), topics.indexVersions(), "versions-sink");
    graph.write(divide(updates, partials, partitions), topics.partitions(), "partitions-sink");
    DataStream<OutboundRecord> deadLetters =
        inputs.deadLetters().union(partials.getSideOutput(DeadLetters.TAG));
    graph.write(deadLetters, topics.deadLetters(), "dead-letters-sink");
  }

  private SingleOutputStreamOperator<StampedQuery> stamp(
      DataStream<QueryRequest> requests, DataStream<StampInput> known) {
    return graph.named(
        requests
            .connect(known.broadcast(StampFunction.VERSIONS))
            .process(new StampFunction(models, shards.count()), type(StampedQuery.class)),
        StampFunction.UID,
        "Gives each query the active version whose models are open");
  }

  private DataStream<EmbeddedQuery> embed(DataStream<StampedQuery> stamped) {
    return graph.named(
        stage
            .of(stamped, new EmbedQueryFunction(models, stage.threads(), stage.inFlightMax()))
            .returns(EmbeddedQuery.class),
        EmbedQueryFunction.UID,
        "Embeds questions with the query tower");
  }

  private SingleOutputStreamOperator<Probe> route(
      DataStream<EmbeddedQuery> embedded, DataStream<PartitionEvent> partitions) {
    return graph.named(
        embedded
            .connect(partitions.broadcast(PartitionState.DESCRIPTOR))
            .process(new RouteFunction(shards), type(Probe.class)),
        RouteFunction.UID,
        "Sends each question to the cells that promise most, or to all");
  }

  private SingleOutputStreamOperator<CellUpdate> assign(
      DataStream<PassageEvent> vectors, DataStream<PartitionEvent> partitions) {
    AssignSettings assigned = AssignSettings.of(settings, shards);
    return graph.named(
        vectors
            .keyBy(shards.by(PassageEvent::shard), Types.INT)
            .connect(partitions.broadcast())
            .transform(AssignOperator.UID, type(CellUpdate.class), new AssignOperator(assigned)),
        AssignOperator.UID,
        "Routes passages to their cells, and fills new partitions");
  }

  private DataStream<OutboundRecord> divide(
      SingleOutputStreamOperator<CellUpdate> updates,
      SingleOutputStreamOperator<Partial> cells,
      SingleOutputStreamOperator<PartitionEvent> partitions) {
    return graph
        .named(
            updates
                .getSideOutput(Outputs.SAMPLES)
                .keyBy(Sample::version, Types.INT)
                .connect(
                    cells
                        .getSideOutput(Outputs.CELLS_FILLED)
                        .union(partitions.getSideOutput(Outputs.PARTITION_NEWS))
                        .keyBy(PartitionNews::version, Types.INT))
                .process(
                    new PartitionsFunction(
                        shards.count(),
                        settings.get(RealmOptions.PARTITION_PASSAGES_MIN),
                        settings.get(RealmOptions.PARTITION_RETIRE_DELAY)),
                    type(OutboundRecord.class)),
            PartitionsFunction.UID,
            "Trains partitions, and says when they serve and retire")
        .setParallelism(1);
  }

  private SingleOutputStreamOperator<Partial> search(
      DataStream<CellUpdate> updates, DataStream<Probe> probes) {
    return graph.named(
        updates
            .keyBy(shards.by(CellUpdate::cellShard), Types.INT)
            .connect(probes.keyBy(shards.by(Probe::cellShard), Types.INT))
            .transform(
                CellsOperator.UID,
                type(Partial.class),
                new CellsOperator(
                    shards,
                    settings.get(RealmOptions.CACHE_BYTES).getBytes(),
                    // whole seconds, and the time that a revision takes to become current
                    settings.get(RealmOptions.DELETE_DELAY).toMillis() + 2_000)),
        CellsOperator.UID,
        "The maximum-inner-product index");
  }

  private SingleOutputStreamOperator<Candidates> merge(
      DataStream<RoutedQuery> queries, DataStream<Partial> partials) {
    return graph.named(
        queries
            .keyBy(routed -> routed.query().stamped().id(), Types.STRING)
            .connect(partials.keyBy(Partial::request, Types.STRING))
            .process(new MergeFunction(), type(Candidates.class)),
        MergeFunction.UID,
        "Merges the cells' bests");
  }

  private SingleOutputStreamOperator<Found> lookUp(
      DataStream<PassageEvent> documents,
      SingleOutputStreamOperator<Partial> partials,
      SingleOutputStreamOperator<Candidates> candidates) {
    var acks = partials.getSideOutput(Outputs.ACKS).map(PassageEvent::of, type(PassageEvent.class));
    graph.named(acks, "acks", "Acknowledgements of the cells");
    return graph.named(
        documents
            .union(acks)
            .keyBy(shards.by(PassageEvent::shard), Types.INT)
            .connect(
                candidates
                    .getSideOutput(Outputs.LOOKUPS)
                    .keyBy(shards.by(Lookup::shard), Types.INT))
            .process(
                new PassagesFunction(shards, settings.get(RealmOptions.TOMBSTONE_TTL)),
                type(Found.class)),
        PassagesFunction.UID,
        "Documents as answers see them: manifests and texts");
  }

  private SingleOutputStreamOperator<RetrievedQuery> gather(
      DataStream<Candidates> candidates, DataStream<Found> found) {
    return graph.named(
        candidates
            .keyBy(request -> request.query().stamped().id(), Types.STRING)
            .connect(found.keyBy(Found::request, Types.STRING))
            .process(
                new GatherPassagesFunction(RealmOptions.searchHitsMax(settings)),
                type(RetrievedQuery.class)),
        GatherPassagesFunction.UID,
        "Gathers each question's passages");
  }

  private SingleOutputStreamOperator<FreshnessClaim> freshness(
      SingleOutputStreamOperator<Found> passages, DataStream<IndexNews> ended) {
    var complete = passages.getSideOutput(Outputs.READY).map(IndexNews::of, type(IndexNews.class));
    graph.named(complete, "complete-news", "Complete shards on their way to freshness");
    return graph
        .named(
            passages
                .getSideOutput(Outputs.FRESHNESS)
                .keyBy(shard -> 0, Types.INT)
                .connect(complete.union(ended).keyBy(news -> 0, Types.INT))
                .process(new FreshnessFunction(shards.count()), type(FreshnessClaim.class)),
            FreshnessFunction.UID,
            "How fresh the index is: the least fresh of all shards")
        .setParallelism(1);
  }

  private DataStream<RetrievedQuery> date(
      DataStream<RetrievedQuery> retrieved, DataStream<FreshnessClaim> claims) {
    return graph.named(
        retrieved
            .connect(claims.broadcast(DateFunction.CLAIMS))
            .process(new DateFunction(), type(RetrievedQuery.class)),
        DateFunction.UID,
        "Dates each answer with the freshness of the index");
  }

  private DataStream<OutboundRecord> read(DataStream<RetrievedQuery> retrieved) {
    return graph.named(
        stage
            .of(retrieved, new ReadFunction(models, stage.threads(), stage.inFlightMax()))
            .returns(OutboundRecord.class),
        ReadFunction.UID,
        "Reads the passages and answers with the marginal");
  }

  private DataStream<OutboundRecord> announce(
      SingleOutputStreamOperator<Found> passages, DataStream<VersionProposal> versions) {
    return graph
        .named(
            passages
                .getSideOutput(Outputs.READY)
                .keyBy(shard -> 0, Types.INT)
                .connect(versions.keyBy(proposal -> 0, Types.INT))
                .process(new AnnounceReadyFunction(shards.count()), type(OutboundRecord.class)),
            AnnounceReadyFunction.UID,
            "Proposes a version READY when all its documents are answerable")
        .setParallelism(1);
  }
}
