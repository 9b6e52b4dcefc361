package io.realmstream.jobs.retriever;

import static io.realmstream.jobs.graph.JobGraph.type;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.graph.JobGraph;
import io.realmstream.jobs.retriever.assign.AssignOperator;
import io.realmstream.jobs.retriever.assign.AssignSettings;
import io.realmstream.jobs.retriever.cells.CellsOperator;
import io.realmstream.jobs.retriever.cells.Partial;
import io.realmstream.jobs.retriever.cells.Probe;
import io.realmstream.jobs.retriever.freshness.AnnounceReadyFunction;
import io.realmstream.jobs.retriever.freshness.FreshnessFunction;
import io.realmstream.jobs.retriever.gather.Candidates;
import io.realmstream.jobs.retriever.gather.MergeFunction;
import io.realmstream.jobs.retriever.partitions.DecodePartitionsOperator;
import io.realmstream.jobs.retriever.partitions.PartitionNews;
import io.realmstream.jobs.retriever.partitions.PartitionsFunction;
import io.realmstream.jobs.retriever.passages.Found;
import io.realmstream.jobs.retriever.passages.Lookup;
import io.realmstream.jobs.retriever.passages.PassagesFunction;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.model.freshness.FreshnessClaim;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.serving.placement.CellUpdate;
import io.realmstream.model.serving.placement.Sample;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.version.VersionProposal;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The operators that keep the index, each laid by the method that is called like it. */
final class IndexOperators {
  private final JobGraph graph;
  private final ReadableConfig settings;
  private final Shards shards;

  IndexOperators(JobGraph graph, ReadableConfig settings) {
    this.graph = graph;
    this.settings = settings;
    shards = new Shards(settings.get(RealmOptions.SHARDS));
  }

  SingleOutputStreamOperator<CellUpdate> assign(
      DataStream<PassageEvent> vectors, DataStream<PartitionEvent> partitions) {
    AssignSettings assigned = AssignSettings.of(settings, shards);
    return graph.named(
        vectors
            .keyBy(shards.by(PassageEvent::shard), Types.INT)
            .connect(partitions.broadcast())
            .transform(AssignOperator.UID, type(CellUpdate.class), new AssignOperator(assigned)),
        AssignOperator.UID,
        "Routes passages to their cells, and fills new partitions\n"
            + "Well: inserts grows with edits");
  }

  SingleOutputStreamOperator<Partial> cells(
      DataStream<CellUpdate> updates, DataStream<Probe> probes) {
    return graph.alone(
        updates
            .keyBy(shards.by(CellUpdate::cellShard), Types.INT)
            .connect(probes.keyBy(shards.by(Probe::cellShard), Types.INT))
            .transform(
                CellsOperator.UID,
                type(Partial.class),
                new CellsOperator(
                    shards,
                    settings.get(RealmOptions.CACHE_BYTES).getBytes(),
                    // whole seconds, and the time until a revision is current and assign knows
                    settings.get(RealmOptions.DELETE_DELAY).toMillis() + 4_000)),
        CellsOperator.UID,
        "The maximum-inner-product index\nWell: cacheHitPercent is near 100");
  }

  DataStream<OutboundRecord> partitions(
      SingleOutputStreamOperator<CellUpdate> updates,
      SingleOutputStreamOperator<Partial> cells,
      SingleOutputStreamOperator<PartitionEvent> partitions) {
    return graph
        .named(
            updates
                .getSideOutput(AssignOperator.SAMPLES)
                .keyBy(Sample::version, Types.INT)
                .connect(
                    cells
                        .getSideOutput(CellsOperator.CELLS_FILLED)
                        .union(partitions.getSideOutput(DecodePartitionsOperator.PARTITION_NEWS))
                        .keyBy(PartitionNews::version, Types.INT))
                .process(
                    new PartitionsFunction(
                        shards.count(),
                        settings.get(RealmOptions.PARTITION_PASSAGES_MIN),
                        settings.get(RealmOptions.PARTITION_RETIRE_DELAY)),
                    type(OutboundRecord.class)),
            PartitionsFunction.UID,
            "Trains partitions, and says when they serve and retire\n"
                + "Well: trainingsFailed is 0")
        .setParallelism(1);
  }

  SingleOutputStreamOperator<Found> passages(
      DataStream<PassageEvent> documents,
      SingleOutputStreamOperator<Partial> partials,
      SingleOutputStreamOperator<Candidates> candidates) {
    var acks =
        partials.getSideOutput(CellsOperator.ACKS).map(PassageEvent::of, type(PassageEvent.class));
    graph.named(
        acks, "acks", "Acknowledgements of the cells\nWell: numRecordsOut follows numRecordsIn");
    return graph.named(
        documents
            .union(acks)
            .keyBy(shards.by(PassageEvent::shard), Types.INT)
            .connect(
                candidates
                    .getSideOutput(MergeFunction.LOOKUPS)
                    .keyBy(shards.by(Lookup::shard), Types.INT))
            .process(
                new PassagesFunction(shards, settings.get(RealmOptions.TOMBSTONE_TTL)),
                type(Found.class)),
        PassagesFunction.UID,
        "Documents as answers see them: manifests and texts\nWell: silentMs is below 3000");
  }

  SingleOutputStreamOperator<FreshnessClaim> freshness(
      SingleOutputStreamOperator<Found> passages, DataStream<EndedIndexes> ended) {
    return graph
        .named(
            passages
                .getSideOutput(PassagesFunction.NEWS)
                .keyBy(news -> 0, Types.INT)
                .connect(ended.keyBy(indexes -> 0, Types.INT))
                .process(new FreshnessFunction(shards.count()), type(FreshnessClaim.class)),
            FreshnessFunction.UID,
            "How fresh the index is: the least fresh of all shards\n"
                + "Well: freshnessMs is below 5000")
        .setParallelism(1);
  }

  DataStream<OutboundRecord> announceReady(
      SingleOutputStreamOperator<Found> passages, DataStream<VersionProposal> versions) {
    return graph
        .named(
            passages
                .getSideOutput(PassagesFunction.NEWS)
                .keyBy(news -> 0, Types.INT)
                .connect(versions.keyBy(proposal -> 0, Types.INT))
                .process(new AnnounceReadyFunction(shards.count()), type(OutboundRecord.class)),
            AnnounceReadyFunction.UID,
            "Proposes a version READY when all its documents are answerable\n"
                + "Well: numRecordsOut grows with each new version")
        .setParallelism(1);
  }
}
