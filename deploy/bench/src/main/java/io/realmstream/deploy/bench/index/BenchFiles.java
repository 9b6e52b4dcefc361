package io.realmstream.deploy.bench.index;

import io.realmstream.deploy.bench.vectors.VectorSource;
import io.realmstream.deploy.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What a run leaves for a comparison with other libraries: {@code passages.f32} and {@code
 * queries.f32}, little-endian float32, one vector after the other, {@code shape.json} and, at the
 * end, {@code figures.json}.
 */
record BenchFiles(Path folder) {
  private record Shape(int dimension, int k, int queries, int rounds, int recallQueries) {}

  /**
   * Round i asks the queries from i times {@code settings.queries()} on; round 0 is a check. Behind
   * them come those for recall.
   */
  void writeVectors(VectorSource vectors, IndexSettings settings) throws IOException {
    Files.createDirectories(folder);
    write("passages.f32", vectors.count(), vectors::passage);
    write("queries.f32", settings.firstForRecall() + settings.recallQueries(), vectors::query);
    Shape shape =
        new Shape(
            vectors.dimension(),
            settings.k(),
            settings.queries(),
            settings.rounds(),
            settings.recallQueries());
    Files.writeString(folder.resolve("shape.json"), Json.line(shape));
  }

  void writeFigures(List<Figure> figures) throws IOException {
    Files.writeString(folder.resolve("figures.json"), Json.line(figures));
  }

  private void write(String name, int count, IntFunction<float[]> vectors) throws IOException {
    try (OutputStream file =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      for (int i = 0; i < count; i++) {
        float[] vector = vectors.apply(i);
        ByteBuffer bytes =
            ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        file.write(bytes.array());
      }
    }
  }
}
