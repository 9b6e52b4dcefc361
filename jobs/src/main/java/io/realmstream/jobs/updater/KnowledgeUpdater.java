package io.realmstream.jobs.updater;

import static io.realmstream.jobs.graph.JobGraph.type;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.Models;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.graph.DocumentsRecord;
import io.realmstream.jobs.graph.Ends;
import io.realmstream.jobs.graph.JobGraph;
import io.realmstream.jobs.kafka.KafkaEnds;
import io.realmstream.jobs.updater.decode.DecodeAcceptedOperator;
import io.realmstream.jobs.updater.decode.DecodeDocumentFunction;
import io.realmstream.jobs.updater.decode.DecodeRepublicationsFunction;
import io.realmstream.jobs.updater.documents.DocumentsOperator;
import io.realmstream.jobs.updater.documents.DocumentsOperatorFactory;
import io.realmstream.jobs.updater.documents.DocumentsOutput;
import io.realmstream.jobs.updater.documents.DocumentsSettings;
import io.realmstream.jobs.updater.documents.ShardEdit;
import io.realmstream.jobs.updater.documents.ShardEvent;
import io.realmstream.jobs.updater.versions.DecodeCheckpointsFunction;
import io.realmstream.jobs.updater.versions.EncodeProposalFunction;
import io.realmstream.jobs.updater.versions.ProposeOperator;
import io.realmstream.jobs.updater.versions.ProposeOperatorFactory;
import io.realmstream.jobs.updater.versions.VersionSettings;
import io.realmstream.jobs.updater.versions.VersionsOperator;
import io.realmstream.jobs.versions.DecodeVersionsOperator;
import io.realmstream.jobs.versions.VersionStep;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionProposal;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/**
 * The job that keeps the vectors of every document up to date.
 *
 * <pre>
 * documents topic --> decode-documents --------+---(document shard)--> documents --> passage vectors
 * accepted edits, once --> decode-accepted ----'                         ^  |
 *                                                                        |  |--> accepted edits
 * version log --> decode-versions --+--> versions --(every shard)--------'  |--> document status
 *                                   |                                       |
 *                                   v                                       '--> dead letters
 * checkpoints --> decode-checkpoints --> propose --> encode-proposals --> version log
 *                                                      ^
 * documents -- what fails its self-check --------------'
 *
 * republications --> decode-republications --(its shard)--> documents
 *
 * what the decoders refuse --> dead letters
 * </pre>
 */
public final class KnowledgeUpdater {
  private final StreamExecutionEnvironment env;
  private final ReadableConfig settings;
  private final JobGraph graph;
  private final Topics topics;
  private final Shards shards;
  private final DocumentsSettings fixed;

  private KnowledgeUpdater(StreamExecutionEnvironment env, ReadableConfig settings, Ends ends)
      throws ExecutionException, InterruptedException {
    this.env = env;
    this.settings = settings;
    graph = new JobGraph(env, settings, ends);
    topics = RealmOptions.topics(settings);
    shards = new Shards(settings.get(RealmOptions.SHARDS));
    ends.requireOrder();
    fixed = DocumentsSettings.of(settings, ends.partitions(topics.passageVectors()));
  }

  /** Runs the job; arguments are settings, as in {@code --realm.shards 16}. */
  public static void main(String[] arguments) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    build(env, ParameterTool.fromArgs(arguments).getConfiguration());
    env.execute(KnowledgeUpdater.class.getSimpleName());
  }

  /** Lays the job's graph; its topics must exist. */
  public static void build(StreamExecutionEnvironment env, ReadableConfig settings)
      throws ExecutionException, InterruptedException {
    build(env, settings, new KafkaEnds(settings));
  }

  /** Lays the job's graph between these ends. */
  public static void build(StreamExecutionEnvironment env, ReadableConfig settings, Ends ends)
      throws ExecutionException, InterruptedException {
    new KnowledgeUpdater(env, settings, ends).lay();
  }

  private void lay() throws ExecutionException, InterruptedException {
    var edits = decodeDocuments();
    var accepted = decodeAccepted();
    var checkpoints = decodeCheckpoints();
    var log = decodeVersions();
    var republications = decodeRepublications();
    var vectors =
        documents(
            edits.union(accepted),
            versions(log.getSideOutput(DecodeVersionsOperator.STEPS)).union(republications));
    graph.write(vectors, topics.passageVectors());
    graph.write(vectors.getSideOutput(DocumentsOutput.ACCEPTED), topics.acceptedDocuments());
    var proposals =
        propose(checkpoints, log).union(vectors.getSideOutput(DocumentsOutput.PROPOSALS));
    graph.write(encodeProposals(proposals), topics.indexVersions());
    graph.write(vectors.getSideOutput(DocumentsOutput.STATUS), topics.documentStatus());
    DataStream<OutboundRecord> deadLetters =
        vectors
            .getSideOutput(DeadLetters.TAG)
            .union(
                edits.getSideOutput(DeadLetters.TAG),
                accepted.getSideOutput(DeadLetters.TAG),
                checkpoints.getSideOutput(DeadLetters.TAG),
                log.getSideOutput(DeadLetters.TAG),
                republications.getSideOutput(DeadLetters.TAG));
    graph.write(deadLetters, topics.deadLetters());
  }

  private SingleOutputStreamOperator<ShardEdit> decodeDocuments()
      throws ExecutionException, InterruptedException {
    // more would have nothing to read
    int readers = Math.min(env.getParallelism(), graph.ends().partitions(topics.documents()));
    DataStream<DocumentsRecord> records =
        graph.readDocuments(topics.documents(), "updater-documents").setParallelism(readers);
    int bytesMax = (int) settings.get(RealmOptions.DOCUMENT_BYTES_MAX).getBytes();
    return graph
        .named(
            records.process(new DecodeDocumentFunction(shards, bytesMax), type(ShardEdit.class)),
            DecodeDocumentFunction.UID,
            "Decodes edits; what is none goes to the dead letters\n"
                + "Well: deadLetters does not grow")
        .setParallelism(readers);
  }

  private SingleOutputStreamOperator<ShardEdit> decodeAccepted() {
    return single(
        graph
            .readOnce(topics.acceptedDocuments(), "updater-accepted")
            .transform(
                DecodeAcceptedOperator.UID,
                type(ShardEdit.class),
                new DecodeAcceptedOperator(shards)),
        DecodeAcceptedOperator.UID,
        "Decodes what was accepted before a start without state, and says when that is all\n"
            + "Well: numRecordsIn grows until the task has FINISHED");
  }

  private SingleOutputStreamOperator<RetrieverCheckpoint> decodeCheckpoints() {
    return single(
        graph
            .readAll(topics.retrieverCheckpoints(), "updater-checkpoints")
            .process(new DecodeCheckpointsFunction(), type(RetrieverCheckpoint.class)),
        DecodeCheckpointsFunction.UID,
        "Decodes checkpoints\nWell: deadLetters does not grow");
  }

  private SingleOutputStreamOperator<VersionProposal> decodeVersions() {
    return single(
        graph
            .readAll(topics.indexVersions(), "updater-versions")
            .transform(
                DecodeVersionsOperator.UID,
                type(VersionProposal.class),
                new DecodeVersionsOperator(graph.ends().logEnds(topics.indexVersions()))),
        DecodeVersionsOperator.UID,
        "Decodes the version log, and says when its end is reached\n"
            + "Well: deadLetters does not grow");
  }

  /** From now on: whoever asked before asks again. */
  private SingleOutputStreamOperator<ShardEvent> decodeRepublications() {
    return single(
        graph
            .read(topics.republications(), "updater-republications", OffsetsInitializer.latest())
            .setParallelism(1)
            .process(new DecodeRepublicationsFunction(shards.count()), type(ShardEvent.class)),
        DecodeRepublicationsFunction.UID,
        "Decodes requests to publish a shard once more\nWell: deadLetters does not grow");
  }

  private SingleOutputStreamOperator<VersionProposal> propose(
      DataStream<RetrieverCheckpoint> checkpoints, DataStream<VersionProposal> log) {
    return single(
        checkpoints
            .connect(log)
            .transform(
                ProposeOperator.UID,
                type(VersionProposal.class),
                new ProposeOperatorFactory(VersionSettings.of(settings), new Models(settings))),
        ProposeOperator.UID,
        "Tries each new checkpoint and proposes a version\n"
            + "Well: numRecordsOut grows with each new checkpoint");
  }

  private SingleOutputStreamOperator<OutboundRecord> encodeProposals(
      DataStream<VersionProposal> proposals) {
    return single(
        proposals.map(new EncodeProposalFunction(), type(OutboundRecord.class)),
        EncodeProposalFunction.UID,
        "Encodes proposals\nWell: numRecordsOut follows numRecordsIn");
  }

  private SingleOutputStreamOperator<ShardEvent> versions(DataStream<VersionStep> log) {
    return single(
        log.transform(
            VersionsOperator.UID, type(ShardEvent.class), new VersionsOperator(shards.count())),
        VersionsOperator.UID,
        "Folds the version log, a copy of the table for every shard\n"
            + "Well: state of one version is 4, ACTIVE");
  }

  private SingleOutputStreamOperator<OutboundRecord> documents(
      DataStream<ShardEdit> edits, DataStream<ShardEvent> versions) {
    Shards numbering = shards;
    return graph.alone(
        edits
            .keyBy(edit -> numbering.key(edit.shard()), Types.INT)
            .connect(versions.keyBy(event -> numbering.key(event.shard()), Types.INT))
            .transform(
                DocumentsOperator.UID,
                type(OutboundRecord.class),
                new DocumentsOperatorFactory(fixed, new Models(settings))),
        DocumentsOperator.UID,
        "Gates, splits, diffs, embeds and publishes documents\n"
            + "Well: oldestEditMs stays small; embedThreadsBusy shows the load");
  }

  private <T> SingleOutputStreamOperator<T> single(
      SingleOutputStreamOperator<T> operator, String uid, String description) {
    return graph.named(operator, uid, description).setParallelism(1);
  }
}
