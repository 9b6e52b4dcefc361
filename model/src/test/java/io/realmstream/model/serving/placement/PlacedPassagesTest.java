package io.realmstream.model.serving.placement;

import static io.realmstream.model.serving.Edits.SHARD;
import static io.realmstream.model.serving.Edits.passage;
import static io.realmstream.model.serving.Edits.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.serving.Sharding;
import io.realmstream.model.serving.placement.CellUpdate.Kind;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacedPassagesTest {
  private static final PassageVectors RECORD = upsert("a", 1, 1);
  private static final PassageInsert INSERT = RECORD.inserts().get(0);

  private final Placement placement = new Placement();
  private final PlacedPassages passages = placement.passages;

  @Test
  void withoutPartitionsAPassageGoesToTheCellOfItsUid() {
    passages.insert(RECORD, INSERT);
    CellUpdate update = placement.takeUpdates().get(0);
    assertThat(update.kind()).isEqualTo(Kind.INSERT);
    assertThat(update.place().cell()).isEqualTo(new Sharding(Placement.SHARDS).of(INSERT.uid()));
    assertThat(update.cellShard()).isEqualTo(update.place().cell());
    assertThat(update.place().documentShard()).isEqualTo(SHARD);
    assertThat(update.copy().count()).isEqualTo(1);
    assertThat(passages.has(RECORD, INSERT)).isTrue();
    assertThat(passages.has(upsert("a", 2, 1), INSERT)).as("another revision").isFalse();
  }

  @Test
  void aDeleteGoesWhereThePassageIs() {
    passages.insert(RECORD, INSERT);
    CellUpdate inserted = placement.takeUpdates().get(0);
    passages.announceDelete(passage(1), 2, SHARD);
    passages.delete(passage(1), 2, SHARD);
    passages.delete(passage(1), 2, SHARD);
    List<CellUpdate> updates = placement.takeUpdates();
    assertThat(updates)
        .extracting(CellUpdate::kind)
        .containsExactly(Kind.DELETE_PENDING, Kind.DELETE);
    assertThat(updates).allMatch(update -> update.place().cell() == inserted.place().cell());
    assertThat(updates).allMatch(update -> update.change().revision() == 2);
    assertThat(placement.placed.passages().isEmpty()).isTrue();
  }

  @Test
  void anEditGoesToTheOldPartitionAndToTheOneThatIsFilled() {
    placement.announce();
    placement.assemble();
    passages.insert(RECORD, INSERT);
    List<CellUpdate> updates = placement.takeUpdates();
    assertThat(updates).extracting(update -> update.place().partition()).containsExactly(0, 1);
    assertThat(updates).extracting(update -> update.copy().number()).containsExactly(0, 1);
    assertThat(updates).extracting(update -> update.copy().count()).containsExactly(2, 2);
    assertThat(updates.get(1).place().cell()).isEqualTo(placement.trained.cellOf(INSERT.vector()));
  }

  @Test
  void aWalkBringsWhatIsThereIntoANewPartitionAndThenTellsEachCellShard() {
    passages.insert(RECORD, INSERT);
    placement.announce();
    placement.assemble();
    placement.takeUpdates();
    int placed = 0;
    for (var slice = passages.walk(SHARD); slice.more(); slice = passages.walk(SHARD)) {
      placed += slice.placed();
    }
    List<CellUpdate> updates = placement.takeUpdates();
    assertThat(updates.get(0).kind()).isEqualTo(Kind.INSERT);
    assertThat(updates.get(0).place().partition()).isEqualTo(1);
    assertThat(updates.get(0).copy().count()).as("nobody waits for it").isZero();
    assertThat(updates.subList(1, updates.size()))
        .extracting(CellUpdate::kind)
        .containsExactly(Kind.FILLED, Kind.FILLED, Kind.FILLED, Kind.FILLED);
    assertThat(placed).isEqualTo(1);
    assertThat(passages.walk(SHARD).more()).as("filled").isFalse();
  }

  @Test
  void aPassageWaitsUntilTheCentroidsOfItsVersionAreThere() {
    placement.announce();
    passages.insert(RECORD, INSERT);
    assertThat(placement.takeUpdates()).isEmpty();
    placement.assemble();
    passages.lookAgain();
    passages.walk(SHARD);
    assertThat(placement.takeUpdates())
        .extracting(update -> update.place().partition())
        .startsWith(0, 1);
  }

  @Test
  void theCellsOfAVersionThatEndedAreDropped() {
    passages.insert(RECORD, INSERT);
    placement.takeUpdates();
    passages.retire(SHARD, 1);
    assertThat(placement.takeUpdates())
        .singleElement()
        .matches(update -> update.kind() == Kind.DROP && update.cells() == Placement.SHARDS);
    assertThat(placement.samples).last().matches(sample -> sample.census().isOver());
  }
}
