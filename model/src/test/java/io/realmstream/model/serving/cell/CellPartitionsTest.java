package io.realmstream.model.serving.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.serving.EndedVersions;
import io.realmstream.model.state.HeapTable;
import io.realmstream.model.version.EndedIndexes;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CellPartitionsTest {
  private static final int SHARD = 1;
  private static final int SHARDS = 3;
  private static final PartitionId FLAT = new PartitionId(7, 0);
  private static final PartitionId TRAINED = new PartitionId(7, 1);

  private final CellPartitions.Tables tables =
      new CellPartitions.Tables(HeapTable.byText(), HeapTable.byText(), new HeapTable<>());
  private final HeapTable<Integer, EndedIndexes> ended = new HeapTable<>();
  private final CellPartitions partitions = restored();

  @Test
  void aPartitionIsFilledOnceAllDocumentShardsAreThrough() {
    assertThat(partitions.filled(TRAINED, 0)).isFalse();
    assertThat(partitions.filled(TRAINED, 2)).isFalse();
    assertThat(partitions.filled(TRAINED, 2)).isFalse();
    assertThat(restored().filled(TRAINED, 1)).isTrue();
  }

  @Test
  void aDroppedPartitionIsGoneAndItsCellsGoOneByOne() {
    assertThat(partitions.isGone(SHARD, FLAT)).isFalse();
    partitions.drop(FLAT, SHARD, 5);
    assertThat(partitions.isGone(SHARD, FLAT)).isTrue();
    assertThat(partitions.isGone(SHARD, TRAINED)).isFalse();
    assertThat(restored().isGone(SHARD, FLAT)).isTrue();

    var first = Objects.requireNonNull(partitions.next());
    assertThat(first.getValue()).isEqualTo(new Dropping(5, 1));
    partitions.dropped(FLAT, first.getValue());
    var second = Objects.requireNonNull(partitions.next());
    assertThat(second.getValue()).as("this shard has every third").isEqualTo(new Dropping(5, 4));
    partitions.dropped(FLAT, second.getValue());
    assertThat(partitions.next()).isNull();
  }

  @Test
  void aVersionThatEndedIsForgottenOnceItsCellsAreDropped() {
    partitions.filled(TRAINED, 0);
    assertThat(partitions.retire(SHARD, EndedIndexes.only(7))).containsExactly(7);
    assertThat(partitions.retire(SHARD, EndedIndexes.only(7))).isEmpty();
    assertThat(partitions.isGone(SHARD, TRAINED)).isTrue();
    assertThat(tables.filledBy().isEmpty()).isTrue();

    partitions.drop(FLAT, SHARD, 2);
    assertThat(partitions.isForgotten(SHARD, 7)).isFalse();
    partitions.dropped(FLAT, new Dropping(2, 1));
    assertThat(partitions.isForgotten(SHARD, 7)).isTrue();
    assertThat(tables.oldest().isEmpty()).isTrue();
  }

  private CellPartitions restored() {
    return new CellPartitions(tables, new EndedVersions(ended), SHARDS);
  }
}
