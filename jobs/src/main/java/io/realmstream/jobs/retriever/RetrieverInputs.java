package io.realmstream.jobs.retriever;

import static io.realmstream.jobs.graph.JobGraph.type;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.JsonDecodeFunction;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.graph.JobGraph;
import io.realmstream.jobs.retriever.partitions.DecodePartitionsOperator;
import io.realmstream.jobs.retriever.query.DecodeQueryFunction;
import io.realmstream.jobs.retriever.query.DecodeSearchAgainFunction;
import io.realmstream.jobs.retriever.query.QueryRequest;
import io.realmstream.jobs.retriever.query.StampInput;
import io.realmstream.jobs.retriever.vectors.DecodeVectorsFunction;
import io.realmstream.jobs.retriever.vectors.EndedIndexesOperator;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.jobs.retriever.vectors.SettledShardsFunction;
import io.realmstream.jobs.versions.DecodeVersionsOperator;
import io.realmstream.jobs.versions.VersionStep;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.query.Deadlines;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.FreshnessRecord;
import io.realmstream.schemas.version.VersionProposal;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** What the retriever reads: its topics, decoded; what cannot be decoded leaves on the side. */
public final class RetrieverInputs {
  private final JobGraph graph;
  private final ReadableConfig settings;
  private final Topics topics;
  private final List<SingleOutputStreamOperator<?>> decoders = new ArrayList<>();

  RetrieverInputs(JobGraph graph, ReadableConfig settings) {
    this.graph = graph;
    this.settings = settings;
    topics = RealmOptions.topics(settings);
  }

  SingleOutputStreamOperator<PassageEvent> vectors() {
    DataStream<InboundRecord> records =
        graph.read(topics.passageVectors(), "retriever-vectors", OffsetsInitializer.earliest());
    return decoded(
        records.process(
            new DecodeVectorsFunction(settings.get(RealmOptions.SHARDS)), type(PassageEvent.class)),
        DecodeVectorsFunction.UID,
        "Decodes passage vectors, heartbeats, completed and retired shards\n"
            + "Well: gaps does not grow");
  }

  @SuppressWarnings("deprecation") // the connector still speaks in the old enum
  SingleOutputStreamOperator<QueryRequest> queries() {
    DataStream<InboundRecord> records =
        graph.read(
            topics.queries(),
            "retriever-queries",
            OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST));
    return decoded(
        records.process(new DecodeQueryFunction(deadlines()), type(QueryRequest.class)),
        DecodeQueryFunction.UID,
        "Decodes queries; what breaks a limit is answered INVALID\n"
            + "Well: deadLetters does not grow");
  }

  /** Without state from where the last run came, as the queries: none is lost. */
  @SuppressWarnings("deprecation") // the connector still speaks in the old enum
  SingleOutputStreamOperator<QueryRequest> searchesAgain() {
    DataStream<InboundRecord> records =
        graph.read(
            topics.searchAgain(),
            "retriever-search-again",
            OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST));
    int hitsMax = RealmOptions.searchHitsMax(settings);
    return decoded(
        records.process(
            new DecodeSearchAgainFunction(deadlines(), hitsMax), type(QueryRequest.class)),
        DecodeSearchAgainFunction.UID,
        "Decodes questions whose searches are made again\nWell: deadLetters does not grow");
  }

  SingleOutputStreamOperator<VersionProposal> versions() {
    DataStream<InboundRecord> log = graph.readAll(topics.indexVersions(), "retriever-versions");
    return decoded(
            log.transform(
                DecodeVersionsOperator.UID,
                type(VersionProposal.class),
                new DecodeVersionsOperator(graph.ends().logEnds(topics.indexVersions()))),
            DecodeVersionsOperator.UID,
            "Decodes the version log, and says when its end is reached\n"
                + "Well: deadLetters does not grow")
        .setParallelism(1);
  }

  /** Which versions had their time, for every shard. */
  SingleOutputStreamOperator<PassageEvent> ended(DataStream<VersionProposal> versions) {
    return graph
        .named(
            versions.transform(
                EndedIndexesOperator.UID,
                type(PassageEvent.class),
                new EndedIndexesOperator(settings.get(RealmOptions.SHARDS))),
            EndedIndexesOperator.UID,
            "Tells every shard which versions had their time\n"
                + "Well: numRecordsIn grows with the version log")
        .setParallelism(1);
  }

  /** What none of the decoders could use, so far. */
  DataStream<OutboundRecord> deadLetters() {
    return decoders.stream()
        .<DataStream<OutboundRecord>>map(decoder -> decoder.getSideOutput(DeadLetters.TAG))
        .reduce(DataStream::union)
        .orElseThrow();
  }

  private Deadlines deadlines() {
    return new Deadlines(
        settings.get(RealmOptions.QUERY_TIMEOUT), settings.get(RealmOptions.QUERY_DEADLINE_MAX));
  }

  private <T> SingleOutputStreamOperator<T> decoded(
      SingleOutputStreamOperator<T> decoder, String uid, String description) {
    decoders.add(decoder);
    return graph.named(decoder, uid, description);
  }

  /** Up to which heartbeat each shard is settled. */
  DataStream<PassageEvent> settled(DataStream<FreshnessRecord> freshness) {
    return graph
        .named(
            freshness.flatMap(
                new SettledShardsFunction(settings.get(RealmOptions.SHARDS)),
                type(PassageEvent.class)),
            SettledShardsFunction.UID,
            "Tells each shard up to which heartbeat it is settled\n"
                + "Well: numRecordsOut grows each second")
        .setParallelism(1);
  }

  /** What stamp must know. */
  DataStream<StampInput> stampInputs(
      DataStream<VersionStep> versions, DataStream<FreshnessRecord> freshness) {
    return graph
        .named(
            versions.map(StampInput::of, type(StampInput.class)),
            "stamp-versions",
            "Versions on their way to each stamp\n"
                + "Well: numRecordsOut grows with the version log")
        .setParallelism(1)
        .union(
            graph
                .named(
                    freshness.map(record -> StampInput.of(record.mark()), type(StampInput.class)),
                    "stamp-marks",
                    "Marks on their way to each stamp\nWell: numRecordsOut grows each second")
                .setParallelism(1));
  }

  /** From now on: records of a run before say nothing to this one. */
  DataStream<FreshnessRecord> freshness() {
    String uid = "decode-freshness";
    DataStream<InboundRecord> records =
        graph
            .read(topics.freshness(), "retriever-freshness", OffsetsInitializer.latest())
            .setParallelism(1);
    return decoded(
            records.process(
                new JsonDecodeFunction<>(uid, () -> Codecs.FRESHNESS), type(FreshnessRecord.class)),
            uid,
            "Decodes what was said of freshness\nWell: deadLetters does not grow")
        .setParallelism(1);
  }

  /**
   * From a start without state on: partitions of a run whose state is gone say nothing about this
   * one's cells. A start with state reads them again, because the state has no centroids.
   */
  SingleOutputStreamOperator<PartitionEvent> partitions() {
    OffsetsInitializer now = OffsetsInitializer.timestamp(System.currentTimeMillis());
    DataStream<InboundRecord> log =
        graph.readAgain(topics.partitions(), "retriever-partitions", now);
    return decoded(
            log.transform(
                DecodePartitionsOperator.UID,
                type(PartitionEvent.class),
                new DecodePartitionsOperator()),
            DecodePartitionsOperator.UID,
            "Decodes partitions; what other runs said of their cells leaves on the side\n"
                + "Well: deadLetters does not grow")
        .setParallelism(1);
  }
}
