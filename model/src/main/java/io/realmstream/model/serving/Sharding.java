package io.realmstream.model.serving;

import io.realmstream.schemas.Hash128;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * Which shard keeps what. There are as many document shards as cell shards.
 *
 * @param count their numbers are 0 .. count - 1
 */
public record Sharding(int count) implements Serializable {

  /** All shard numbers, which are also the cells of a flat partition. */
  public int[] all() {
    return IntStream.range(0, count).toArray();
  }

  /** The shard that keeps a cell of any partition. */
  public int ofCell(int cell) {
    return cell % count;
  }

  /** The shard that keeps a document. */
  public int ofDocument(String id) {
    return of(Hash128.ofTexts(id));
  }

  /** The shard of a hash, for instance the cell shard of a uid in a flat partition. */
  public int of(Hash128 hash) {
    return (int) Long.remainderUnsigned(hash.high(), count);
  }
}
