package io.realmstream.jobs.updater.documents;

import static io.realmstream.model.onnx.file.OnnxGraph.ANY;
import static io.realmstream.model.onnx.file.OnnxGraph.FLOAT;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.model.onnx.file.OnnxGraph;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.flink.configuration.Configuration;

/** A projection head as a training leaves it, LayerNorm(x W + b), with seeded weights. */
final class SeededProjection {
  private static final int DIMENSION = 384;

  private final Random random;
  private final OnnxGraph graph = new OnnxGraph();

  /** Where its files are allowed beside those that ship. */
  static final Path FOLDER = Path.of("target", "projections").toAbsolutePath();

  private SeededProjection(long seed) {
    random = new Random(seed);
  }

  static Models models() {
    return new Models(
        new Configuration()
            .set(RealmOptions.MODEL_DIRECTORY, Path.of("target", "models").toString())
            .set(RealmOptions.MODEL_SOURCES, List.of("classpath:", FOLDER.toUri().toString())));
  }

  /** The checkpoint with a projection behind its document tower. */
  static RetrieverCheckpoint of(RetrieverCheckpoint checkpoint, long seed) throws Exception {
    byte[] bytes = new SeededProjection(seed).bytes();
    Path file = Files.write(Files.createDirectories(FOLDER).resolve(seed + ".onnx"), bytes);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    EncoderTower tower = checkpoint.documentTower();
    EncoderTower projected =
        new EncoderTower(
            tower.trunk(),
            tower.tokenizer(),
            new Part(file.toUri().toString(), HexFormat.of().formatHex(digest)),
            tower.pooling(),
            tower.normalized(),
            tower.prefix(),
            tower.title(),
            tower.tokensMax());
    return new RetrieverCheckpoint(
        checkpoint.retriever() + " projected",
        projected,
        checkpoint.queryTower(),
        checkpoint.reader(),
        checkpoint.scoreScale(),
        null,
        null,
        null);
  }

  private byte[] bytes() {
    graph.input("x", FLOAT, ANY, DIMENSION);
    constant("W", 1 / Math.sqrt(DIMENSION), DIMENSION, DIMENSION);
    constant("b", 0.1, DIMENSION);
    constant("gain", 1, DIMENSION);
    constant("shift", 0.1, DIMENSION);
    graph.node("MatMul", "product", List.of("x", "W"));
    graph.node("Add", "sum", List.of("product", "b"));
    graph.node("LayerNormalization", "y", List.of("sum", "gain", "shift"));
    graph.output("y", FLOAT, ANY, DIMENSION);
    return graph.bytes("projection");
  }

  private void constant(String name, double deviation, long... shape) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    graph.floats(name, values, shape);
  }
}
