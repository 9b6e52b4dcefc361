package io.realmstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.retriever.Ack;
import io.realmstream.jobs.retriever.AssignedDocument;
import io.realmstream.jobs.retriever.AssignedPassage;
import io.realmstream.jobs.retriever.Candidates;
import io.realmstream.jobs.retriever.CellUpdate;
import io.realmstream.jobs.retriever.Census;
import io.realmstream.jobs.retriever.DepartedPassage;
import io.realmstream.jobs.retriever.Doom;
import io.realmstream.jobs.retriever.Dropping;
import io.realmstream.jobs.retriever.EmbeddedQuery;
import io.realmstream.jobs.retriever.Found;
import io.realmstream.jobs.retriever.HeldPassages;
import io.realmstream.jobs.retriever.IndexNews;
import io.realmstream.jobs.retriever.IndexedPassage;
import io.realmstream.jobs.retriever.Lookup;
import io.realmstream.jobs.retriever.Manifest;
import io.realmstream.jobs.retriever.Partial;
import io.realmstream.jobs.retriever.PartitionNews;
import io.realmstream.jobs.retriever.PassageEvent;
import io.realmstream.jobs.retriever.Probe;
import io.realmstream.jobs.retriever.QueryRequest;
import io.realmstream.jobs.retriever.RetrievedQuery;
import io.realmstream.jobs.retriever.RoutedQuery;
import io.realmstream.jobs.retriever.Sample;
import io.realmstream.jobs.retriever.SampledVector;
import io.realmstream.jobs.retriever.ShardFreshness;
import io.realmstream.jobs.retriever.StampInput;
import io.realmstream.jobs.retriever.StampedQuery;
import io.realmstream.jobs.retriever.StoredPassage;
import io.realmstream.jobs.retriever.SupersededPlace;
import io.realmstream.jobs.retriever.SupersededRevision;
import io.realmstream.jobs.retriever.VersionDimension;
import io.realmstream.jobs.retriever.VersionedDocument;
import io.realmstream.jobs.retriever.VersionedPassage;
import io.realmstream.jobs.updater.DocumentInVersion;
import io.realmstream.jobs.updater.DocumentsRecord;
import io.realmstream.jobs.updater.DroppedDocument;
import io.realmstream.jobs.updater.DroppedEnds;
import io.realmstream.jobs.updater.PublishedDocument;
import io.realmstream.jobs.updater.ReceivedEdit;
import io.realmstream.jobs.updater.Republication;
import io.realmstream.jobs.updater.ShardEdit;
import io.realmstream.jobs.updater.ShardEvent;
import io.realmstream.jobs.updater.TrunkKey;
import io.realmstream.jobs.updater.WantedEdit;
import io.realmstream.jobs.versions.VersionStep;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.freshness.FreshnessClaim;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.progress.PartitionProgress;
import io.realmstream.model.index.partition.table.PartitionEntry;
import io.realmstream.model.state.Queues;
import io.realmstream.model.transport.Doubt;
import io.realmstream.model.transport.NamedInRound;
import io.realmstream.model.transport.ProgressEntry;
import io.realmstream.model.version.Candidate;
import io.realmstream.model.version.CompleteIndexes;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.model.version.LogBacklog;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.query.FreshnessMark;
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
        IndexNews.class,
        CellUpdate.class,
        Doom.class,
        EmbeddedQuery.class,
        Found.class,
        FreshnessClaim.class,
        FreshnessMark.class,
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
        PassageVectors.class,
        Probe.class,
        QueryRequest.class,
        RetrievedQuery.class,
        RoutedQuery.class,
        ShardFreshness.class,
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
        Candidate.class,
        RetrieverCheckpoint.class,
        VersionTable.class,
        ProgressEntry.class,
        Doubt.class,
        NamedInRound.Round.class,
        ShardPosition.class,
        Republication.class,
        VersionedDocument.class,
        VersionedPassage.class,
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
