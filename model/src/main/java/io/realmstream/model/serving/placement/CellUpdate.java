package io.realmstream.model.serving.placement;

import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.serving.revision.Ack;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.DocumentRevision;
import org.jspecify.annotations.Nullable;

/**
 * A change of a cell, or of what a cell shard knows of a partition.
 *
 * @param partition which division of the version's vectors into cells the cell belongs to
 * @param revision sequence of the change: the document revision that made it
 * @param edit which of the edits of that revision, see {@code DocumentState}; of an INSERT
 * @param vector empty but for an insert
 * @param copy which of the {@code copies} this is, from 0: while a partition is being filled, each
 *     passage goes to a cell of that one and to a cell of the one that queries use
 * @param copies 0 = nobody waits for an acknowledgement
 * @param ended of RETIRE alone
 */
public record CellUpdate(
    Kind kind,
    int version,
    int partition,
    int cellShard,
    int cell,
    Hash128 uid,
    long revision,
    Hash128 edit,
    int documentShard,
    String document,
    float[] vector,
    int copy,
    int copies,
    @Nullable EndedIndexes ended) {
  /** What is to happen. */
  public enum Kind {
    INSERT,
    DELETE,
    /** The vector will be deleted soon; until then it may or may not stand. */
    DOOM,
    /** The document shard has sent all its passages to the partition; goes to each cell shard. */
    FILLED,
    /** The partition and all before it are to be forgotten; {@code cell} says how many it had. */
    DROP,
    /** Nothing of versions that had their time is to be taken in any more. */
    RETIRE
  }

  private static final Hash128 NO_UID = new Hash128(0, 0);
  private static final float[] NO_VECTOR = {};

  /**
   * Puts a passage of a document shard into a cell.
   *
   * @param copy in a cell of which partition this is, and of how many
   */
  public static CellUpdate insert(
      VersionedPassage passage, AssignedPassage placed, Place place, Copy copy) {
    return new CellUpdate(
        Kind.INSERT,
        passage.version(),
        place.partition(),
        place.cellShard(),
        place.cell(),
        passage.uid(),
        placed.revision(),
        copy.edit(),
        place.documentShard(),
        placed.document(),
        placed.vector(),
        copy.number(),
        copy.count(),
        null);
  }

  /** Takes a passage of a document shard out of a cell. */
  public static CellUpdate delete(VersionedPassage passage, AssignedPassage gone, Place place) {
    return new CellUpdate(
        Kind.DELETE,
        passage.version(),
        place.partition(),
        place.cellShard(),
        place.cell(),
        passage.uid(),
        gone.revision(),
        DocumentRevision.NO_EDIT,
        place.documentShard(),
        gone.document(),
        NO_VECTOR,
        0,
        0,
        null);
  }

  /** A cell, and the document shard that has something for it. */
  public record Place(int partition, int cellShard, int cell, int documentShard) {}

  /** Of how many copies which one, and of which edit. */
  public record Copy(int number, int count, Hash128 edit) {
    /** Nobody waits for it. */
    public static final Copy UNAWAITED = new Copy(0, 0, DocumentRevision.NO_EDIT);
  }

  public static CellUpdate filled(PartitionId id, int cellShard, int documentShard) {
    return ofShard(
        Kind.FILLED, id.version(), new Place(id.partition(), cellShard, 0, documentShard), null);
  }

  /** Of a DELETE: the word that it will come. */
  public CellUpdate announced() {
    return new CellUpdate(
        Kind.DOOM,
        version,
        partition,
        cellShard,
        cell,
        uid,
        revision,
        edit,
        documentShard,
        document,
        vector,
        copy,
        copies,
        null);
  }

  /** Of an INSERT: the word that it is done. */
  public Ack ack() {
    return new Ack(documentShard, version, document, uid, revision, edit, copy, copies);
  }

  public static CellUpdate drop(PartitionId id, int cellShard, int cells) {
    return ofShard(
        Kind.DROP, id.version(), new Place(id.partition(), cellShard, cells, cellShard), null);
  }

  public static CellUpdate retire(EndedIndexes ended, int cellShard) {
    return ofShard(Kind.RETIRE, 0, new Place(0, cellShard, 0, cellShard), ended);
  }

  /** What concerns no passage. */
  private static CellUpdate ofShard(
      Kind kind, int version, Place place, @Nullable EndedIndexes ended) {
    return new CellUpdate(
        kind,
        version,
        place.partition(),
        place.cellShard(),
        place.cell(),
        NO_UID,
        0,
        DocumentRevision.NO_EDIT,
        place.documentShard(),
        "",
        NO_VECTOR,
        0,
        0,
        ended);
  }
}
