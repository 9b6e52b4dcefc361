package io.realmstream.deploy.bench.faults;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.onnx.file.OnnxGraph;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Checkpoints whose encoder takes microseconds for a text: its trunk is a table of random numbers,
 * a row a token. All else is of all-MiniLM-L6-v2. Both towers are the same, so a passage is the
 * best one for its own text.
 */
final class TinyCheckpoint {
  /** Numbers of a vector. */
  private static final int DIMENSION = 32;

  /** Tokens of the tokenizer. */
  private static final int VOCABULARY = 30_522;

  private static final double SCALE = 20;

  private TinyCheckpoint() {}

  /**
   * Writes its trunk into a folder, which is created if missing.
   *
   * @param seed another one is another trunk
   */
  static RetrieverCheckpoint write(Path folder, int seed) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("tiny-" + seed + ".onnx");
    byte[] content = trunk(seed);
    Files.write(file, content);
    EncoderTower whole = DefaultCheckpoints.minilm().documentTower();
    EncoderTower tower =
        new EncoderTower(
            new Part(file.toUri().toString(), digest(content)),
            whole.tokenizer(),
            null,
            whole.pooling(),
            true,
            "",
            whole.title(),
            whole.tokensMax());
    return new RetrieverCheckpoint(
        "tiny", tower, tower, DefaultCheckpoints.minilm().reader(), SCALE, null, null, null);
  }

  private static byte[] trunk(int seed) {
    Random random = new Random(seed);
    float[] table = new float[VOCABULARY * DIMENSION];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) random.nextGaussian();
    }
    OnnxGraph graph = new OnnxGraph();
    graph.input("input_ids", OnnxGraph.INT64, OnnxGraph.ANY, OnnxGraph.ANY);
    graph.floats("table", table, VOCABULARY, DIMENSION);
    String rows = graph.node("Gather", "rows", List.of("table", "input_ids"));
    graph.output(rows, OnnxGraph.FLOAT, OnnxGraph.ANY, OnnxGraph.ANY, DIMENSION);
    return graph.bytes("tiny");
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
