package io.realmstream.jobs.retriever.cells;

import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.serving.placement.CellUpdate;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.DocumentRevision;
import java.util.stream.IntStream;

/** What the tests of the cells send to them. */
final class CellsInputs {
  static final long DEADLINE_MS = 60_000;

  private CellsInputs() {}

  /** One of a query of version 1 to all shards. */
  static Probe probe(String request, int shard, float[] query, int k) {
    int[] all = IntStream.range(0, CellsHarness.SHARDS).toArray();
    return new Probe(
        request,
        DEADLINE_MS,
        new PartitionId(1, 0),
        shard,
        all,
        new int[] {shard},
        new Sought(SearchLimit.ofHits(k), query));
  }

  static Probe probe(String request, float[] query, int... asked) {
    return new Probe(
        request,
        DEADLINE_MS,
        new PartitionId(1, 0),
        asked[0],
        asked,
        new int[] {asked[0]},
        new Sought(SearchLimit.ofHits(3), query));
  }

  static CellUpdate update(CellUpdate.Kind kind, Hash128 uid, long revision, float[] vector) {
    int shard = shard(uid);
    return new CellUpdate(
        kind,
        new VersionedPassage(1, uid),
        new CellUpdate.Place(0, shard, shard, 0),
        new CellUpdate.Change("document", revision, vector),
        new CellUpdate.Copy(0, 1, DocumentRevision.NO_EDIT),
        0,
        null);
  }

  /** A vector of another version. */
  static CellUpdate stranger(int version, Hash128 uid, float[] vector) {
    int shard = shard(uid);
    return new CellUpdate(
        CellUpdate.Kind.INSERT,
        new VersionedPassage(version, uid),
        new CellUpdate.Place(0, shard, shard, 0),
        new CellUpdate.Change("document", 1, vector),
        new CellUpdate.Copy(0, 1, DocumentRevision.NO_EDIT),
        0,
        null);
  }

  private static int shard(Hash128 uid) {
    return (int) (uid.high() % CellsHarness.SHARDS);
  }
}
