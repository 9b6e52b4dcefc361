package io.realmstream.deploy.interleaving;

import io.realmstream.model.onnx.file.OnnxGraph;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.Pooling;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.TitleForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Seeded retriever checkpoints that open in milliseconds: ONNX models that look each token up in a
 * random table, run by ONNX Runtime as any other.
 */
public final class TinyCheckpoints {
  private static final int DIMENSION = 8;
  private static final String IDS = "input_ids";

  /** Numbers of a token in trunks that take their time. */
  private static final int WIDTH = 256;

  private final Path directory;
  private final int layers;
  private final Part tokenizer;

  /** Writes their files into that directory. */
  public TinyCheckpoints(Path directory) {
    this(directory, 0);
  }

  /**
   * Of trunks that take a while for each text.
   *
   * @param layers products with a matrix; some are a millisecond
   */
  TinyCheckpoints(Path directory, int layers) {
    this.directory = directory;
    this.layers = layers;
    tokenizer = write("tokenizer.json", TinyLanguage.tokenizer().getBytes(StandardCharsets.UTF_8));
  }

  /** What decides each part; two of equal numbers are equal parts. */
  public record Recipe(int trunk, int projection, int queries, int reader) {
    /** Another of one part: 0 = trunk, 1 = projection, 2 = query tower, 3 = reader and scale. */
    Recipe with(int part, int seed) {
      return switch (part) {
        case 0 -> new Recipe(seed, projection, queries, reader);
        case 1 -> new Recipe(trunk, seed, queries, reader);
        case 2 -> new Recipe(trunk, projection, seed, reader);
        default -> new Recipe(trunk, projection, queries, seed);
      };
    }
  }

  public RetrieverCheckpoint of(Recipe recipe) {
    return new RetrieverCheckpoint(
        "tiny",
        documents(recipe),
        queries(recipe),
        reader(recipe),
        1 + Math.floorMod(recipe.reader(), 5),
        null,
        null,
        null);
  }

  private EncoderTower documents(Recipe recipe) {
    Random random = new Random(recipe.trunk());
    return new EncoderTower(
        trunk("documents", recipe.trunk()),
        tokenizer,
        projection(recipe.projection()),
        random.nextInt(4) == 0 ? Pooling.CLS : Pooling.MEAN,
        recipe.projection() % 2 == 0,
        random.nextBoolean() ? "" : "ban ",
        List.of(TitleForm.values()).get(random.nextInt(3)),
        12 + random.nextInt(12));
  }

  private EncoderTower queries(Recipe recipe) {
    return new EncoderTower(
        trunk("queries", recipe.queries()),
        tokenizer,
        null,
        Pooling.MEAN,
        true,
        "",
        TitleForm.TEXT,
        16);
  }

  private ReaderPart reader(Recipe recipe) {
    Random random = new Random(recipe.reader());
    OnnxGraph graph = tokens();
    for (String output : List.of("start_logits", "end_logits")) {
      float[] scores = floats(random, TinyLanguage.VOCABULARY);
      graph.floats(output + "-table", scores, TinyLanguage.VOCABULARY);
      graph.node("Gather", output, List.of(output + "-table", IDS));
      graph.output(output, OnnxGraph.FLOAT, OnnxGraph.ANY, OnnxGraph.ANY);
    }
    return new ReaderPart(
        write("reader-" + recipe.reader() + ".onnx", graph.bytes("tiny")),
        tokenizer,
        TitleForm.SEGMENT,
        8,
        4,
        40,
        3,
        random.nextBoolean());
  }

  private Part trunk(String tower, int seed) {
    Random random = new Random(seed);
    int width = layers == 0 ? DIMENSION : WIDTH;
    OnnxGraph graph = tokens();
    float[] table = floats(random, TinyLanguage.VOCABULARY * width);
    graph.floats("table", table, TinyLanguage.VOCABULARY, width);
    String rows = graph.node("Gather", "rows-0", List.of("table", IDS));
    for (int i = 0; i < layers; i++) {
      int columns = i == layers - 1 ? DIMENSION : WIDTH;
      float[] weights = floats(random, WIDTH * columns);
      for (int j = 0; j < weights.length; j++) {
        weights[j] /= (float) Math.sqrt(WIDTH); // so that no product grows
      }
      String factor = graph.floats("factor-" + i, weights, WIDTH, columns);
      rows = graph.node("MatMul", "rows-" + (i + 1), List.of(rows, factor));
    }
    graph.output(rows, OnnxGraph.FLOAT, OnnxGraph.ANY, OnnxGraph.ANY, DIMENSION);
    return write(tower + "-" + seed + ".onnx", graph.bytes("tiny"));
  }

  private Part projection(int seed) {
    OnnxGraph graph = new OnnxGraph();
    graph.input("x", OnnxGraph.FLOAT, OnnxGraph.ANY, DIMENSION);
    float[] weights = floats(new Random(seed), DIMENSION * DIMENSION);
    graph.floats("weights", weights, DIMENSION, DIMENSION);
    graph.node("MatMul", "y", List.of("x", "weights"));
    graph.output("y", OnnxGraph.FLOAT, OnnxGraph.ANY, DIMENSION);
    return write("projection-" + seed + ".onnx", graph.bytes("tiny"));
  }

  private static OnnxGraph tokens() {
    OnnxGraph graph = new OnnxGraph();
    graph.input(IDS, OnnxGraph.INT64, OnnxGraph.ANY, OnnxGraph.ANY);
    return graph;
  }

  private static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private Part write(String name, byte[] content) {
    Path file = directory.resolve(name);
    try {
      if (!Files.exists(file)) {
        Files.write(file, content);
      }
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return new Part(file.toUri().toString(), HexFormat.of().formatHex(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
