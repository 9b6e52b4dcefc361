package io.realmstream.jobs.updater.documents;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.flink.configuration.Configuration;

/**
 * A projection head as a training leaves it, LayerNorm(x W + b), with seeded weights: an ONNX file
 * written field by field. The numbers are those of ONNX's protocol buffers (onnx.proto3).
 */
final class SeededProjection {
  private static final int DIMENSION = 384;
  private static final int FLOAT = 1;
  private static final int OPERATOR_SET = 17;

  private final Random random;
  private final ByteArrayOutputStream graph = new ByteArrayOutputStream();

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
        null);
  }

  private byte[] bytes() {
    node("MatMul", "x W", "product");
    node("Add", "product b", "sum");
    node("LayerNormalization", "sum gain shift", "y");
    constant("W", 1 / Math.sqrt(DIMENSION), DIMENSION, DIMENSION);
    constant("b", 0.1, DIMENSION);
    constant("gain", 1, DIMENSION);
    constant("shift", 0.1, DIMENSION);
    message(graph, 11, valueInfo("x"));
    message(graph, 12, valueInfo("y"));
    text(graph, 2, "projection");
    ByteArrayOutputStream operators = new ByteArrayOutputStream();
    text(operators, 1, "");
    number(operators, 2, OPERATOR_SET);
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    number(model, 1, 8);
    message(model, 8, operators.toByteArray());
    message(model, 7, graph.toByteArray());
    return model.toByteArray();
  }

  private void node(String operator, String inputs, String output) {
    ByteArrayOutputStream node = new ByteArrayOutputStream();
    for (String input : inputs.split(" ", -1)) {
      text(node, 1, input);
    }
    text(node, 2, output);
    text(node, 4, operator);
    message(graph, 1, node.toByteArray());
  }

  private void constant(String name, double deviation, int... shape) {
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    int count = 1;
    for (int length : shape) {
      number(tensor, 1, length);
      count *= length;
    }
    ByteBuffer raw = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      raw.putFloat((float) (random.nextGaussian() * deviation));
    }
    number(tensor, 2, FLOAT);
    text(tensor, 8, name);
    message(tensor, 9, raw.array());
    message(graph, 5, tensor.toByteArray());
  }

  /** A float tensor of any number of rows. */
  private static byte[] valueInfo(String name) {
    ByteArrayOutputStream columns = new ByteArrayOutputStream();
    number(columns, 1, DIMENSION);
    ByteArrayOutputStream shape = new ByteArrayOutputStream();
    message(shape, 1, new byte[0]);
    message(shape, 1, columns.toByteArray());
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    number(tensor, 1, FLOAT);
    message(tensor, 2, shape.toByteArray());
    ByteArrayOutputStream type = new ByteArrayOutputStream();
    message(type, 1, tensor.toByteArray());
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    text(info, 1, name);
    message(info, 2, type.toByteArray());
    return info.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, int field, String text) {
    message(out, field, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void message(ByteArrayOutputStream out, int field, byte[] bytes) {
    varint(out, ((long) field << 3) | 2);
    varint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void number(ByteArrayOutputStream out, int field, long value) {
    varint(out, (long) field << 3);
    varint(out, value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >>> 7 != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
