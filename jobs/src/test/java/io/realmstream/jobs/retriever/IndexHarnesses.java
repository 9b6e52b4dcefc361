package io.realmstream.jobs.retriever;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.retriever.assign.AssignOperator;
import io.realmstream.jobs.retriever.assign.AssignSettings;
import io.realmstream.jobs.retriever.cells.CellsOperator;
import io.realmstream.jobs.retriever.cells.Partial;
import io.realmstream.jobs.retriever.cells.Probe;
import io.realmstream.jobs.retriever.partitions.PartitionNews;
import io.realmstream.jobs.retriever.partitions.PartitionState;
import io.realmstream.jobs.retriever.partitions.PartitionsFunction;
import io.realmstream.jobs.retriever.query.EmbeddedQuery;
import io.realmstream.jobs.retriever.query.QueryRequest;
import io.realmstream.jobs.retriever.query.RouteFunction;
import io.realmstream.jobs.retriever.query.StampedQuery;
import io.realmstream.jobs.retriever.vectors.CountedBeat;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.serving.placement.CellUpdate;
import io.realmstream.model.serving.placement.Sample;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The operators of a {@link DividedIndex}, each in Flink's harness on the real state backend.
 *
 * @param passagesMin from how many passages on a version is divided
 * @param nowMs what the clock shows when an operator opens
 */
public record IndexHarnesses(long passagesMin, long nowMs) {
  static TwoInputStreamOperatorTestHarness<PassageEvent, PartitionEvent, CellUpdate> assign(
      int parallelism, int subtask) throws Exception {
    AssignSettings settings =
        new AssignSettings(
            DividedIndex.SHARDS,
            Duration.ofMillis(DividedIndex.DELETE_DELAY_MS),
            Duration.ofDays(1),
            1000);
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new AssignOperator(settings),
        DividedIndex.SHARDS.by(PassageEvent::shard),
        null,
        Types.INT,
        DividedIndex.SHARDS.count(),
        parallelism,
        subtask);
  }

  static TwoInputStreamOperatorTestHarness<CellUpdate, Probe, Partial> cells(
      int parallelism, int subtask) throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new CellsOperator(DividedIndex.SHARDS, 1 << 20, 0),
        DividedIndex.SHARDS.by(CellUpdate::cellShard),
        DividedIndex.SHARDS.by(Probe::cellShard),
        Types.INT,
        DividedIndex.SHARDS.count(),
        parallelism,
        subtask);
  }

  TwoInputStreamOperatorTestHarness<Sample, PartitionNews, OutboundRecord> partitions()
      throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(
            new PartitionsFunction(
                DividedIndex.SHARDS.count(),
                passagesMin,
                Duration.ofMillis(DividedIndex.RETIRE_DELAY_MS))),
        Sample::version,
        PartitionNews::version,
        Types.INT,
        DividedIndex.SHARDS.count(),
        1,
        0);
  }

  static TwoInputStreamOperatorTestHarness<EmbeddedQuery, PartitionEvent, Probe> route()
      throws Exception {
    TwoInputStreamOperator<EmbeddedQuery, PartitionEvent, Probe> operator =
        new CoBroadcastWithNonKeyedOperator<>(
            new RouteFunction(DividedIndex.SHARDS), List.of(PartitionState.DESCRIPTOR));
    return new TwoInputStreamOperatorTestHarness<>(operator, DividedIndex.SHARDS.count(), 1, 0);
  }

  <A, B, C> TwoInputStreamOperatorTestHarness<A, B, C> open(
      TwoInputStreamOperatorTestHarness<A, B, C> harness,
      @Nullable List<OperatorSubtaskState> from,
      int parallelism,
      int subtask)
      throws Exception {
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(false));
    harness.setProcessingTime(nowMs);
    if (from != null) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              AbstractStreamOperatorTestHarness.repackageState(
                  from.toArray(OperatorSubtaskState[]::new)),
              DividedIndex.SHARDS.count(),
              from.size(),
              parallelism,
              subtask));
    }
    harness.open();
    return harness;
  }

  /** Waits until the operator has taken over all that it puts together on other threads. */
  public static void awaitAssembled(AssignOperator operator) {
    await(() -> !operator.look());
  }

  public static void awaitAssembled(
      List<TwoInputStreamOperatorTestHarness<PassageEvent, PartitionEvent, CellUpdate>> assign,
      TwoInputStreamOperatorTestHarness<EmbeddedQuery, PartitionEvent, Probe> route) {
    assign.forEach(subtask -> awaitAssembled((AssignOperator) subtask.getOperator()));
    var operator = (CoBroadcastWithNonKeyedOperator<?, ?, ?>) route.getOperator();
    PartitionState partitions = ((RouteFunction) operator.getUserFunction()).partitions();
    await(
        () -> {
          var unused = partitions.takeAssembled();
          return !partitions.isAssembling();
        });
  }

  private static void await(BooleanSupplier isOver) {
    if (!isOver.getAsBoolean()) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(isOver::getAsBoolean);
    }
  }

  static <T> List<T> take(AbstractStreamOperatorTestHarness<T> harness) {
    List<T> taken = new ArrayList<>(harness.extractOutputValues());
    harness.getOutput().clear();
    return taken;
  }

  static <T> List<T> take(AbstractStreamOperatorTestHarness<?> harness, OutputTag<T> tag) {
    var side = harness.getSideOutput(tag);
    List<T> taken = new ArrayList<>();
    while (side != null && !side.isEmpty()) {
      taken.add(side.remove().getValue());
    }
    return taken;
  }

  /** Each shard hears a heartbeat, and that all in front of it is settled. */
  static void settle(DividedIndex index, BeatPosition beat) throws Exception {
    for (int shard : DividedIndex.SHARDS.all()) {
      index.hear(PassageEvent.of(new CountedBeat(beat, Long.MAX_VALUE, null), shard));
      index.hear(PassageEvent.settled(shard, beat));
    }
  }

  /** The first revision of a document of one passage, in version 1. */
  static PassageVectors document(String document, Hash128 uid, float[] vector) {
    Instant time = Instant.EPOCH;
    return new PassageVectors(
        document,
        DividedIndex.SHARDS.ofDocument(document),
        1,
        new DocumentRevision(
            1,
            DocumentRevision.NO_EDIT,
            Outcome.ADDED,
            "",
            new EditTimes(null, time, time),
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        RecordPart.WHOLE,
        new ArrayList<>(List.of(new ManifestEntry(uid, 0, 1))),
        new ArrayList<>(List.of(new PassageInsert(uid, uid, "", vector))));
  }

  /** A question of version 1 with its vector. */
  static EmbeddedQuery embedded(String request, Query query, float[] vector, long stampedMs) {
    StampedQuery stamped =
        new StampedQuery(
            new QueryRequest(
                request, query, Long.MAX_VALUE, List.of(), SearchLimit.first(query.passages())),
            stampedMs,
            new IndexVersion(1, "", "", "", "flat-4"),
            1,
            DefaultCheckpoints.minilm(),
            true,
            null,
            WhiteSpace.NONE);
    return new EmbeddedQuery(stamped, vector, null, false, 0, null, null);
  }
}
