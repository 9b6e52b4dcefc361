package io.realmstream.deploy.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.bench.faults.Sizes.Size;
import org.junit.jupiter.api.Test;

class SizesTest {
  @Test
  void firstThirdIsComparedWithTheLast() {
    Sizes sizes = new Sizes();
    for (double size : new double[] {1, 2, 3, 40, 50, 60, 7, 8, 9}) {
      sizes.add("broker heap", size);
    }
    assertThat(sizes.sizes()).containsExactly(new Size("broker heap", 2, 8, 60));
  }
}
