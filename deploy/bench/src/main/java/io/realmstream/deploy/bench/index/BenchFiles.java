package io.realmstream.deploy.bench.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.bench.vectors.VectorSource;
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
  /**
   * Round i asks the queries from i times {@code settings.queries()} on; round 0 is a check. Behind
   * them come those for recall.
   */
  void writeVectors(VectorSource vectors, IndexSettings settings) throws IOException {
    Files.createDirectories(folder);
    write("passages.f32", vectors.count(), vectors::passage);
    write("queries.f32", settings.firstForRecall() + settings.recallQueries(), vectors::query);
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode shape = mapper.createObjectNode();
    shape.put("dimension", vectors.dimension()).put("k", settings.k());
    shape.put("queries", settings.queries()).put("rounds", settings.rounds());
    shape.put("recallQueries", settings.recallQueries());
    mapper.writeValue(folder.resolve("shape.json").toFile(), shape);
  }

  void writeFigures(List<Figure> figures) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode rows = mapper.createArrayNode();
    figures.forEach(figure -> rows.add(figure.json(mapper)));
    mapper.writeValue(folder.resolve("figures.json").toFile(), rows);
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
