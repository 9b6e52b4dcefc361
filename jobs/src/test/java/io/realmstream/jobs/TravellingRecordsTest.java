package io.realmstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.graph.DocumentsRecord;
import io.realmstream.jobs.learner.held.HeldPlace;
import io.realmstream.jobs.learner.learn.Learned;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.jobs.retriever.cells.Partial;
import io.realmstream.jobs.retriever.cells.Probe;
import io.realmstream.jobs.retriever.freshness.ShardNews;
import io.realmstream.jobs.retriever.gather.Candidates;
import io.realmstream.jobs.retriever.gather.RetrievedQuery;
import io.realmstream.jobs.retriever.partitions.PartitionNews;
import io.realmstream.jobs.retriever.passages.Found;
import io.realmstream.jobs.retriever.passages.Lookup;
import io.realmstream.jobs.retriever.query.EmbeddedQuery;
import io.realmstream.jobs.retriever.query.QueryRequest;
import io.realmstream.jobs.retriever.query.RoutedQuery;
import io.realmstream.jobs.retriever.query.StampInput;
import io.realmstream.jobs.retriever.query.StampedQuery;
import io.realmstream.jobs.retriever.vectors.CountedBeat;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.jobs.retriever.vectors.PublishedVectors;
import io.realmstream.jobs.retriever.vectors.VersionDimension;
import io.realmstream.jobs.updater.documents.ShardEdit;
import io.realmstream.jobs.updater.documents.ShardEvent;
import io.realmstream.jobs.versions.VersionStep;
import io.realmstream.model.document.DocumentInVersion;
import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.freshness.FreshnessClaim;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.progress.PartitionProgress;
import io.realmstream.model.index.partition.table.PartitionEntry;
import io.realmstream.model.learning.feedback.KeptFeedback;
import io.realmstream.model.learning.live.LearnedDocument;
import io.realmstream.model.learning.live.LearnedPassage;
import io.realmstream.model.learning.live.ReadTimes;
import io.realmstream.model.learning.live.SentenceOutputs;
import io.realmstream.model.learning.live.TrunkDocument;
import io.realmstream.model.learning.live.TrunkPassage;
import io.realmstream.model.serving.Manifest;
import io.realmstream.model.serving.VersionedDocument;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.serving.cell.Dropping;
import io.realmstream.model.serving.placement.AssignedDocument;
import io.realmstream.model.serving.placement.AssignedPassage;
import io.realmstream.model.serving.placement.CellUpdate;
import io.realmstream.model.serving.placement.Census;
import io.realmstream.model.serving.placement.PendingDelete;
import io.realmstream.model.serving.placement.Sample;
import io.realmstream.model.serving.placement.SampledVector;
import io.realmstream.model.serving.revision.Ack;
import io.realmstream.model.serving.revision.DepartedPassage;
import io.realmstream.model.serving.revision.HeldPassages;
import io.realmstream.model.serving.revision.IndexedPassage;
import io.realmstream.model.serving.revision.StoredPassage;
import io.realmstream.model.serving.revision.SupersededPlace;
import io.realmstream.model.serving.revision.SupersededRevision;
import io.realmstream.model.state.Queues;
import io.realmstream.model.transport.Doubt;
import io.realmstream.model.transport.NamedInRound;
import io.realmstream.model.transport.ProgressEntry;
import io.realmstream.model.updating.Republication;
import io.realmstream.model.updating.reuse.DroppedDocument;
import io.realmstream.model.updating.reuse.DroppedEnds;
import io.realmstream.model.updating.reuse.TrunkKey;
import io.realmstream.model.version.CheckpointCandidate;
import io.realmstream.model.version.CompleteIndexes;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.model.version.LogBacklog;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.query.FreshnessMark;
import io.realmstream.schemas.query.FreshnessRecord;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardPosition;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionProposal;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that travels between operators or lies in state: a POJO to Flink, never Kryo. */
class TravellingRecordsTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        Ack.class,
        AssignedDocument.class,
        PartitionId.class,
        PartitionEvent.class,
        PartitionEntry.class,
        SampledVector.class,
        Sample.class,
        PartitionProgress.class,
        Dropping.class,
        Census.class,
        PartitionNews.class,
        AssignedPassage.class,
        Candidates.class,
        CompleteIndexes.CompleteShard.class,
        EndedIndexes.class,
        CellUpdate.class,
        PendingDelete.class,
        EmbeddedQuery.class,
        Found.class,
        FreshnessClaim.class,
        FreshnessMark.class,
        FreshnessRecord.class,
        StampInput.class,
        VersionStep.class,
        LogBacklog.Position.class,
        HeldPassages.class,
        IndexedPassage.class,
        InboundRecord.class,
        Lookup.class,
        Manifest.class,
        OutboundRecord.class,
        Partial.class,
        PassageEvent.class,
        PublishedVectors.class,
        CountedBeat.class,
        PassageVectors.class,
        Probe.class,
        QueryRequest.class,
        RetrievedQuery.class,
        RoutedQuery.class,
        ShardNews.class,
        StampedQuery.class,
        StoredPassage.class,
        SupersededPlace.class,
        DepartedPassage.class,
        Queues.Ends.class,
        SupersededRevision.class,
        VersionProposal.class,
        ReceivedEdit.class,
        VersionDimension.class,
        ShardEvent.class,
        WantedEdit.class,
        PublishedDocument.class,
        DocumentInVersion.class,
        DocumentsRecord.class,
        ShardEdit.class,
        DroppedDocument.class,
        DroppedEnds.class,
        TrunkKey.class,
        TrunkOutput.class,
        CheckpointCandidate.class,
        RetrieverCheckpoint.class,
        VersionTable.class,
        ProgressEntry.class,
        Doubt.class,
        NamedInRound.Round.class,
        ShardPosition.class,
        Republication.class,
        VersionedDocument.class,
        VersionedPassage.class,
        TrunkEvent.class,
        Learned.class,
        LearnedDocument.class,
        LearnedPassage.class,
        ReadTimes.class,
        KeptFeedback.class,
        HeldPlace.class,
        SentenceOutputs.class,
        TrunkDocument.class,
        TrunkPassage.class,
      })
  void recordIsSerializedWithoutKryo(Class<?> record) {
    Configuration noGenericTypes = new Configuration();
    noGenericTypes.set(PipelineOptions.GENERIC_TYPES, false);
    TypeInformation<?> type = TypeInformation.of(record);

    assertThat(type).isInstanceOf(PojoTypeInfo.class);
    // throws for any field, however deep, that would fall to Kryo
    assertThat(type.createSerializer(new SerializerConfigImpl(noGenericTypes))).isNotNull();
  }
}
