package io.realmstream.deploy.bench.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The vectors of a file of JSON lines, each an array of numbers or an object with an array {@code
 * vector}. The last tenth are the queries, the others the passages.
 */
public final class FileVectors implements VectorSource {
  private final List<float[]> passages;
  private final List<float[]> queries;

  private FileVectors(List<float[]> passages, List<float[]> queries) {
    this.passages = passages;
    this.queries = queries;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the line when it is not such a vector, or there are
   *     fewer than two
   */
  public static FileVectors read(Path file) throws IOException {
    List<float[]> vectors = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode node = Json.MAPPER.readTree(line);
        JsonNode numbers = node.isArray() ? node : node.path("vector");
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
          vector[i] = numbers.get(i).isNumber() ? numbers.get(i).floatValue() : Float.NaN;
        }
        require(vector, vectors, file);
        vectors.add(vector);
      }
    }
    if (vectors.size() < 2) {
      throw new IllegalArgumentException(file + " holds fewer than two vectors");
    }
    int passages = vectors.size() - Math.max(1, vectors.size() / 10);
    return new FileVectors(vectors.subList(0, passages), vectors.subList(passages, vectors.size()));
  }

  private static void require(float[] vector, List<float[]> before, Path file) {
    boolean fits = vector.length > 0;
    for (float number : vector) {
      fits &= Float.isFinite(number);
    }
    if (!fits || (!before.isEmpty() && before.get(0).length != vector.length)) {
      throw new IllegalArgumentException(
          "%s, line %d: not a vector of finite numbers, as many as in the first line"
              .formatted(file, before.size() + 1));
    }
  }

  @Override
  public int dimension() {
    return passages.get(0).length;
  }

  @Override
  public int count() {
    return passages.size();
  }

  @Override
  public float[] passage(int number) {
    return passages.get(number);
  }

  @Override
  public float[] query(int number) {
    return queries.get(number % queries.size());
  }

  @Override
  public float[] replacement(int number) {
    return passages.get((number + 1) % passages.size());
  }
}
