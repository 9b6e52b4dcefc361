package io.realmstream.jobs.retriever;

import static io.realmstream.jobs.graph.JobGraph.type;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.graph.JobGraph;
import io.realmstream.jobs.retriever.answer.DateFunction;
import io.realmstream.jobs.retriever.answer.ReadFunction;
import io.realmstream.jobs.retriever.cells.Partial;
import io.realmstream.jobs.retriever.cells.Probe;
import io.realmstream.jobs.retriever.gather.Candidates;
import io.realmstream.jobs.retriever.gather.GatherPassagesFunction;
import io.realmstream.jobs.retriever.gather.MergeFunction;
import io.realmstream.jobs.retriever.gather.RetrievedQuery;
import io.realmstream.jobs.retriever.partitions.PartitionState;
import io.realmstream.jobs.retriever.passages.Found;
import io.realmstream.jobs.retriever.query.EmbedQueryFunction;
import io.realmstream.jobs.retriever.query.EmbeddedQuery;
import io.realmstream.jobs.retriever.query.QueryRequest;
import io.realmstream.jobs.retriever.query.RouteFunction;
import io.realmstream.jobs.retriever.query.RoutedQuery;
import io.realmstream.jobs.retriever.query.StampFunction;
import io.realmstream.jobs.retriever.query.StampInput;
import io.realmstream.jobs.retriever.query.StampedQuery;
import io.realmstream.model.freshness.FreshnessClaim;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.serving.revision.SupersededRevisions;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The operators on the way of a question, each laid by the method that is called like it. */
final class QuestionOperators {
  private final JobGraph graph;
  private final ReadableConfig settings;
  private final Shards shards;
  private final Models models;
  private final ModelStage stage;

  QuestionOperators(JobGraph graph, ReadableConfig settings) {
    this.graph = graph;
    this.settings = settings;
    shards = new Shards(settings.get(RealmOptions.SHARDS));
    models = new Models(settings);
    stage = ModelStage.of(settings);
  }

  SingleOutputStreamOperator<StampedQuery> stamp(
      DataStream<QueryRequest> requests, DataStream<StampInput> known) {
    return graph.named(
        requests
            .connect(known.broadcast(StampFunction.VERSIONS))
            .process(new StampFunction(models, shards.count()), type(StampedQuery.class)),
        StampFunction.UID,
        "Gives each query the active version whose models are open\n"
            + "Well: versionFailing is 0");
  }

  DataStream<EmbeddedQuery> embedQuery(DataStream<StampedQuery> stamped) {
    return graph.alone(
        stage
            .of(stamped, new EmbedQueryFunction(models, stage.threads(), stage.inFlightMax()))
            .returns(EmbeddedQuery.class),
        EmbedQueryFunction.UID,
        "Embeds questions with the query tower\n"
            + "Well: queueLength is near 0; threadsBusy shows the load");
  }

  SingleOutputStreamOperator<Probe> route(
      DataStream<EmbeddedQuery> embedded, DataStream<PartitionEvent> partitions) {
    return graph.named(
        embedded
            .connect(partitions.broadcast(PartitionState.DESCRIPTOR))
            .process(new RouteFunction(shards), type(Probe.class)),
        RouteFunction.UID,
        "Sends each question to the cells that promise most, or to all\n"
            + "Well: partitionsIncomplete is 0");
  }

  SingleOutputStreamOperator<Candidates> mergeTopK(
      DataStream<RoutedQuery> queries, DataStream<Partial> partials) {
    return graph.named(
        queries
            .keyBy(routed -> routed.query().stamped().id(), Types.STRING)
            .connect(partials.keyBy(Partial::request, Types.STRING))
            .process(new MergeFunction(), type(Candidates.class)),
        MergeFunction.UID,
        "Merges the cells' bests\nWell: partial does not grow");
  }

  SingleOutputStreamOperator<RetrievedQuery> gatherPassages(
      DataStream<Candidates> candidates, DataStream<Found> found) {
    return graph.named(
        candidates
            .keyBy(request -> request.query().stamped().id(), Types.STRING)
            .connect(found.keyBy(Found::request, Types.STRING))
            .process(
                new GatherPassagesFunction(
                    RealmOptions.searchHitsMax(settings),
                    SupersededRevisions.known(settings.get(RealmOptions.DELETE_DELAY))),
                type(RetrievedQuery.class)),
        GatherPassagesFunction.UID,
        "Gathers each question's passages\nWell: partial does not grow");
  }

  DataStream<RetrievedQuery> date(
      DataStream<RetrievedQuery> retrieved, DataStream<FreshnessClaim> claims) {
    return graph.named(
        retrieved
            .connect(claims.broadcast(DateFunction.CLAIMS))
            .process(new DateFunction(), type(RetrievedQuery.class)),
        DateFunction.UID,
        "Dates each answer with the freshness of the index\n"
            + "Well: numRecordsOut follows numRecordsIn");
  }

  DataStream<OutboundRecord> readMarginalize(DataStream<RetrievedQuery> retrieved) {
    return graph.alone(
        stage
            .of(retrieved, new ReadFunction(models, stage.threads(), stage.inFlightMax()))
            .returns(OutboundRecord.class),
        ReadFunction.UID,
        "Reads the passages and answers with the marginal\n"
            + "Well: queueLength is near 0; threadsBusy shows the load");
  }
}
