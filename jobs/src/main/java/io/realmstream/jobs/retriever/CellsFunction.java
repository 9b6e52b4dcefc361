package io.realmstream.jobs.retriever;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.DeadLetters.Reason;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Refusals;
import io.realmstream.model.index.BlockKey;
import io.realmstream.model.index.BlockStore;
import io.realmstream.model.index.Cell;
import io.realmstream.model.index.CellId;
import io.realmstream.model.index.Hit;
import io.realmstream.model.index.Hits;
import io.realmstream.model.index.IndexEntry;
import io.realmstream.model.index.SearchResult;
import io.realmstream.model.index.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * The maximum-inner-product index: each cell shard's vectors in keyed state, searched by probes.
 *
 * <p>State, by cell shard: the packed blocks of its cells ({@code blocks}), see {@link Cell} for
 * their layout; bounded by the vectors of live passages, plus what was removed since the last fold.
 * One dimension a version ({@code dimensions}), that of its first vector; vectors of another become
 * dead letters.
 */
public final class CellsFunction
    extends KeyedCoProcessFunction<Integer, CellUpdate, Probe, Partial> {
  static final String UID = "cells";
  private static final long serialVersionUID = 1L;

  private static final SearchResult NOTHING = new SearchResult(List.of(), 0, 0);

  private transient BlockStore store;
  private transient MapState<Integer, Integer> dimensions;
  private transient Refusals refusals;
  private transient Counter inserts;
  private transient Counter deletes;
  private transient Counter probes;
  private transient Counter scanned;
  private transient Counter reScored;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public CellsFunction() {}

  @Override
  public void open(OpenContext context) {
    store =
        new KeyedBlocks(
            getRuntimeContext()
                .getMapState(
                    new MapStateDescriptor<>(
                        "blocks",
                        TypeInformation.of(BlockKey.class),
                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)));
    dimensions =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("dimensions", Integer.class, Integer.class));
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    refusals = new Refusals(UID, metrics, Reason.DIMENSION);
    inserts = metrics.counter("inserts");
    deletes = metrics.counter("deletes");
    probes = metrics.counter("probes");
    scanned = metrics.counter("scanned");
    reScored = metrics.counter("reScored");
    metrics.of("kernel", Kernel.name()).gauge("inUse", () -> 1);
  }

  @Override
  public void processElement1(CellUpdate update, Context context, Collector<Partial> out)
      throws Exception {
    Integer dimension = dimensions.get(update.version());
    if (update.kind() == CellUpdate.Kind.DELETE) {
      deletes.inc();
      if (dimension != null) {
        cell(id(update), dimension).delete(update.uid(), update.revision());
      }
      return;
    }
    if (dimension == null) {
      dimension = update.vector().length;
      dimensions.put(update.version(), dimension);
    }
    if (dimension != update.vector().length) {
      context.output(DeadLetters.TAG, refused(update, dimension));
      return;
    }
    inserts.inc();
    cell(id(update), dimension)
        .insert(
            new IndexEntry(
                update.uid(), update.revision(), update.documentShard(), update.vector()));
    context.output(
        Outputs.ACKS,
        new Ack(
            update.documentShard(),
            update.version(),
            update.document(),
            update.uid(),
            update.revision(),
            update.copy(),
            update.copies()));
  }

  @Override
  public void processElement2(Probe probe, Context context, Collector<Partial> out)
      throws Exception {
    Integer dimension = dimensions.get(probe.version());
    if (dimension != null && dimension != probe.vector().length) {
      return; // nothing here can be scored: the answer leaves at its deadline and says partial
    }
    SearchResult result = dimension == null ? NOTHING : search(probe, dimension);
    probes.inc();
    scanned.inc(result.scanned());
    reScored.inc(result.reScored());
    out.collect(
        new Partial(
            probe.request(),
            probe.deadlineMs(),
            probe.cellShard(),
            result.hits(),
            probe.cells().length,
            result.scanned(),
            result.reScored()));
  }

  private SearchResult search(Probe probe, int dimension) {
    List<List<Hit>> hits = new ArrayList<>();
    long scannedHere = 0;
    long reScoredHere = 0;
    for (int number : probe.cells()) {
      CellId id = new CellId(probe.version(), probe.partition(), number);
      SearchResult result = cell(id, dimension).search(probe.vector(), probe.k());
      hits.add(result.hits());
      scannedHere += result.scanned();
      reScoredHere += result.reScored();
    }
    return new SearchResult(Hits.merge(hits, probe.k()), scannedHere, reScoredHere);
  }

  private Cell cell(CellId id, int dimension) {
    return new Cell(id, dimension, store);
  }

  private static CellId id(CellUpdate update) {
    return new CellId(update.version(), update.partition(), update.cell());
  }

  private OutboundRecord refused(CellUpdate update, int dimension) {
    String message =
        "vector of passage %s: must have %d dimensions as version %d has (has %d)"
            .formatted(update.uid(), dimension, update.version(), update.vector().length);
    return refusals.refuse(update.document(), Reason.DIMENSION, message);
  }

  /** The blocks of the shard whose key is current. */
  private record KeyedBlocks(MapState<BlockKey, byte[]> blocks) implements BlockStore {
    @Override
    public byte @Nullable [] get(BlockKey key) {
      try {
        return blocks.get(key);
      } catch (Exception e) {
        throw new IllegalStateException("cannot read " + key, e);
      }
    }

    @Override
    public void put(BlockKey key, byte[] value) {
      try {
        blocks.put(key, value);
      } catch (Exception e) {
        throw new IllegalStateException("cannot write " + key, e);
      }
    }

    @Override
    public void remove(BlockKey key) {
      try {
        blocks.remove(key);
      } catch (Exception e) {
        throw new IllegalStateException("cannot remove " + key, e);
      }
    }
  }
}
