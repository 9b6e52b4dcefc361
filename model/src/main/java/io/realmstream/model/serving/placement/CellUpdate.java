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
 * @param passage whose vector it is; without a uid where no passage is concerned
 * @param place where it belongs
 * @param change of an INSERT and a DELETE
 * @param copy of an INSERT
 * @param cells of DROP alone: how many the partition had
 * @param ended of RETIRE alone
 */
public record CellUpdate(
    Kind kind,
    VersionedPassage passage,
    Place place,
    Change change,
    Copy copy,
    int cells,
    @Nullable EndedIndexes ended) {
  /** What is to happen. */
  public enum Kind {
    INSERT,
    DELETE,
    /** The vector will be deleted soon; until then it may or may not stand. */
    DELETE_PENDING,
    /** The document shard has sent all its passages to the partition; goes to each cell shard. */
    FILLED,
    /** The partition and all before it are to be forgotten. */
    DROP,
    /** Nothing of versions that had their time is to be taken in any more. */
    RETIRE
  }

  private static final Hash128 NO_UID = new Hash128(0, 0);
  private static final float[] NO_VECTOR = {};

  /**
   * A cell, and the document shard that has something for it.
   *
   * @param partition which division of the version's vectors into cells the cell belongs to
   */
  public record Place(int partition, int cellShard, int cell, int documentShard) {}

  /**
   * What changes.
   *
   * @param revision sequence of the change: the document revision that made it
   * @param vector float32, one entry a dimension; empty but for an INSERT
   */
  public record Change(String document, long revision, float[] vector) {
    private static final Change NONE = new Change("", 0, NO_VECTOR);
  }

  /**
   * Of how many copies which one, and of which edit. While a partition is being filled, each
   * passage goes to a cell of that one and to a cell of the one that queries use.
   *
   * @param number from 0
   * @param count 0 = nobody waits for an acknowledgement
   * @param edit which of the edits of the revision, see {@code DocumentState}
   */
  public record Copy(int number, int count, Hash128 edit) {
    /** Nobody waits for it. */
    public static final Copy UNAWAITED = new Copy(0, 0, DocumentRevision.NO_EDIT);
  }

  /** Puts a passage of a document shard into a cell. */
  public static CellUpdate insert(
      VersionedPassage passage, AssignedPassage placed, Place place, Copy copy) {
    Change change = new Change(placed.document(), placed.revision(), placed.vector());
    return new CellUpdate(Kind.INSERT, passage, place, change, copy, 0, null);
  }

  /** Takes a passage of a document shard out of a cell. */
  public static CellUpdate delete(VersionedPassage passage, AssignedPassage gone, Place place) {
    Change change = new Change(gone.document(), gone.revision(), NO_VECTOR);
    return new CellUpdate(Kind.DELETE, passage, place, change, Copy.UNAWAITED, 0, null);
  }

  /** Of a DELETE: the word that it will come. */
  public CellUpdate announced() {
    return new CellUpdate(Kind.DELETE_PENDING, passage, place, change, copy, cells, ended);
  }

  /** Of an INSERT: the word that it is done. */
  public Ack ack() {
    return new Ack(
        place.documentShard(),
        passage.version(),
        change.document(),
        passage.uid(),
        change.revision(),
        copy.edit(),
        copy.number(),
        copy.count());
  }

  public static CellUpdate filled(PartitionId id, int cellShard, int documentShard) {
    return ofShard(Kind.FILLED, id, new Place(id.partition(), cellShard, 0, documentShard), 0);
  }

  /** A partition of so many cells, and all before it. */
  public static CellUpdate drop(PartitionId id, int cellShard, int cells) {
    return ofShard(Kind.DROP, id, new Place(id.partition(), cellShard, 0, cellShard), cells);
  }

  public static CellUpdate retire(EndedIndexes ended, int cellShard) {
    Place place = new Place(0, cellShard, 0, cellShard);
    VersionedPassage none = new VersionedPassage(0, NO_UID);
    return new CellUpdate(Kind.RETIRE, none, place, Change.NONE, Copy.UNAWAITED, 0, ended);
  }

  public int version() {
    return passage.version();
  }

  public Hash128 uid() {
    return passage.uid();
  }

  /** The key of a cell's changes. */
  public int cellShard() {
    return place.cellShard();
  }

  /** The partition that the place is in. */
  public PartitionId partitionId() {
    return new PartitionId(passage.version(), place.partition());
  }

  private static CellUpdate ofShard(Kind kind, PartitionId id, Place place, int cells) {
    VersionedPassage none = new VersionedPassage(id.version(), NO_UID);
    return new CellUpdate(kind, none, place, Change.NONE, Copy.UNAWAITED, cells, null);
  }
}
