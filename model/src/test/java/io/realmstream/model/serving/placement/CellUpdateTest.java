package io.realmstream.model.serving.placement;

import static io.realmstream.model.serving.Edits.passage;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.serving.placement.CellUpdate.Copy;
import io.realmstream.model.serving.placement.CellUpdate.Kind;
import io.realmstream.model.serving.placement.CellUpdate.Place;
import io.realmstream.model.serving.revision.Ack;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.Hash128;
import org.junit.jupiter.api.Test;

class CellUpdateTest {
  private static final VersionedPassage PASSAGE = passage(9);
  private static final Place PLACE = new Place(4, 5, 6, 7);
  private static final Copy COPY = new Copy(1, 2, new Hash128(8, 8));
  private static final AssignedPassage PLACED =
      new AssignedPassage("d", 3, new float[] {1, 2}, new int[] {4}, new int[] {6});

  @Test
  void insertCarriesTheVectorAndDeleteDoesNot() {
    CellUpdate insert = CellUpdate.insert(PASSAGE, PLACED, PLACE, COPY);
    CellUpdate delete = CellUpdate.delete(PASSAGE, PLACED, PLACE);

    assertThat(insert.kind()).isEqualTo(Kind.INSERT);
    assertThat(insert.change().vector()).containsExactly(1, 2);
    assertThat(delete.kind()).isEqualTo(Kind.DELETE);
    assertThat(delete.change().vector()).isEmpty();
    assertThat(delete.change().document()).isEqualTo("d");
    assertThat(delete.change().revision()).isEqualTo(3);
    assertThat(delete.copy().count()).as("nobody waits for a delete").isZero();
  }

  @Test
  void acknowledgementNamesTheDocumentShardTheEditAndTheCopy() {
    Ack ack = CellUpdate.insert(PASSAGE, PLACED, PLACE, COPY).ack();

    assertThat(ack)
        .isEqualTo(new Ack(7, PASSAGE.version(), "d", PASSAGE.uid(), 3, new Hash128(8, 8), 1, 2));
  }

  @Test
  void announcedDeleteDiffersFromTheDeleteInItsKindAlone() {
    CellUpdate delete = CellUpdate.delete(PASSAGE, PLACED, PLACE);
    CellUpdate announced = delete.announced();

    assertThat(announced.kind()).isEqualTo(Kind.DOOM);
    assertThat(announced).usingRecursiveComparison().ignoringFields("kind").isEqualTo(delete);
  }

  @Test
  void placeSaysWhichPartitionOfTheVersionAndWhichShardIsTheKey() {
    CellUpdate delete = CellUpdate.delete(PASSAGE, PLACED, PLACE);

    assertThat(delete.partitionId()).isEqualTo(new PartitionId(PASSAGE.version(), 4));
    assertThat(delete.cellShard()).isEqualTo(5);
  }

  @Test
  void wordThatAPartitionIsFilledGoesToACellShardFromADocumentShard() {
    CellUpdate filled = CellUpdate.filled(new PartitionId(2, 3), 5, 7);

    assertThat(filled.kind()).isEqualTo(Kind.FILLED);
    assertThat(filled.partitionId()).isEqualTo(new PartitionId(2, 3));
    assertThat(filled.cellShard()).isEqualTo(5);
    assertThat(filled.place().documentShard()).isEqualTo(7);
    assertThat(filled.cells()).isZero();
  }

  @Test
  void dropSaysHowManyCellsThePartitionHad() {
    CellUpdate drop = CellUpdate.drop(new PartitionId(2, 3), 5, 64);

    assertThat(drop.kind()).isEqualTo(Kind.DROP);
    assertThat(drop.partitionId()).isEqualTo(new PartitionId(2, 3));
    assertThat(drop.cellShard()).isEqualTo(5);
    assertThat(drop.cells()).isEqualTo(64);
  }

  @Test
  void onlyRetireNamesVersionsThatHadTheirTime() {
    EndedIndexes ended = EndedIndexes.only(3);
    CellUpdate retire = CellUpdate.retire(ended, 5);

    assertThat(retire.kind()).isEqualTo(Kind.RETIRE);
    assertThat(retire.cellShard()).isEqualTo(5);
    assertThat(retire.ended()).isEqualTo(ended);
    assertThat(CellUpdate.drop(new PartitionId(2, 3), 5, 64).ended()).isNull();
  }
}
