package io.realmstream.model.serving.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.state.HeapTable;
import org.junit.jupiter.api.Test;

class IndexDimensionsTest {
  private final HeapTable<Integer, Integer> table = new HeapTable<>();
  private final IndexDimensions dimensions = new IndexDimensions(table);

  @Test
  void aVersionHasNoneUntilItsFirstVector() {
    assertThat(dimensions.get(3, 1)).isNull();
    dimensions.put(3, 1, 384);
    assertThat(dimensions.get(3, 1)).isEqualTo(384);
    assertThat(new IndexDimensions(table).get(3, 1)).isEqualTo(384);
    dimensions.remove(3, 1);
    assertThat(dimensions.get(3, 1)).isNull();
  }
}
