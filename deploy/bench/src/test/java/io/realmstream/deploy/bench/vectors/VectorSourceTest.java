package io.realmstream.deploy.bench.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.index.vector.InnerProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorSourceTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  @Test
  void aSyntheticVectorDependsOnSeedKindAndNumberAlone() {
    VectorSource vectors = new SyntheticVectors(1_000, 24, 7);
    VectorSource again = new SyntheticVectors(1_000, 24, 7);
    assertThat(vectors.passage(3)).isEqualTo(again.passage(3)).isNotEqualTo(vectors.passage(4));
    assertThat(vectors.query(3)).isEqualTo(again.query(3)).isNotEqualTo(vectors.passage(3));
    assertThat(vectors.replacement(3)).isNotEqualTo(vectors.passage(3));
    assertThat(new SyntheticVectors(1_000, 24, 8).passage(3)).isNotEqualTo(vectors.passage(3));
    assertThat(InnerProduct.of(vectors.query(9), vectors.query(9))).isEqualTo(1, within(1e-6));
  }

  @Test
  void aFilesLastTenthAsks() throws IOException {
    VectorSource vectors =
        file(
            IntStream.range(0, 20)
                .mapToObj(
                    i -> i % 2 == 0 ? "[%d,1]".formatted(i) : "{\"vector\":[%d,1]}".formatted(i))
                .collect(Collectors.joining("\n")));
    assertThat(vectors.count()).isEqualTo(18);
    assertThat(vectors.dimension()).isEqualTo(2);
    assertThat(vectors.passage(17)).containsExactly(17, 1);
    assertThat(vectors.query(1)).containsExactly(19, 1);
    assertThat(vectors.query(2)).containsExactly(18, 1);
  }

  @Test
  void aLineThatIsNoSuchVectorIsNamed() {
    for (String bad : new String[] {"[1]", "[1,\"a\"]", "{}", "[1,1e300]"}) {
      assertThatThrownBy(() -> file("[1,2]\n" + bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("line 2");
    }
    assertThatThrownBy(() -> file("[1,2]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fewer than two");
  }

  private VectorSource file(String text) throws IOException {
    return FileVectors.read(Files.writeString(directory.resolve("vectors.jsonl"), text));
  }
}
