package io.realmstream.deploy.bench.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.bench.vectors.SyntheticVectors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchFilesTest {
  @TempDir private Path folder = Path.of("unset");

  @Test
  void vectorsAndTheirShapeAreLeft() throws Exception {
    SyntheticVectors vectors = new SyntheticVectors(20, 4, 1);
    new BenchFiles(folder).writeVectors(vectors, new IndexSettings(10, 8, 2, 5, 0, false));
    assertThat(Files.readString(folder.resolve("shape.json")))
        .isEqualTo("{\"dimension\":4,\"k\":10,\"queries\":8,\"rounds\":2,\"recallQueries\":5}");
    ByteBuffer passages = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("passages.f32")));
    float[] last = new float[4];
    passages.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().position(19 * 4).get(last);
    assertThat(last).isEqualTo(vectors.passage(19));
    assertThat(Files.size(folder.resolve("queries.f32"))).isEqualTo((8 * 3 + 5) * 16);
  }

  @Test
  void figuresAreAnArrayOfRows() throws Exception {
    Figure once = new Figure(600, "exact, recall@10", 1, "", List.of());
    Figure median = new Figure(1_000_000, "cells, cached", 1.5, "ms", List.of(1.0, 1.5, 2e-7));
    new BenchFiles(folder).writeFigures(List.of(once, median));
    assertThat(Files.readString(folder.resolve("figures.json")))
        .isEqualTo(
            """
            [{"passages":600,"name":"exact, recall@10","value":1.0,"unit":"","rounds":[]},\
            {"passages":1000000,"name":"cells, cached","value":1.5,"unit":"ms",\
            "rounds":[1.0,1.5,2.0E-7]}]\
            """);
    assertThat(median.line())
        .isEqualTo(
            " 1,000,000  cells, cached                                                   1.500 ms");
  }
}
