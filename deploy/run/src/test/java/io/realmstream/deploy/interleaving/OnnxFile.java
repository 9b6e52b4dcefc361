package io.realmstream.deploy.interleaving;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes ONNX models of one input that look numbers up or multiply. The numbers are the field
 * numbers of ONNX's protocol buffers (onnx.proto3).
 */
final class OnnxFile {
  static final int FLOAT = 1;
  static final int INT64 = 7;

  private final String input;
  private final ByteArrayOutputStream graph = new ByteArrayOutputStream();

  /**
   * @param type of the elements
   * @param shape a negative dimension is dynamic
   */
  OnnxFile(String input, int type, long... shape) {
    this.input = input;
    bytes(graph, 11, valueInfo(input, type, shape));
  }

  /** A matrix of the model. */
  record Matrix(float[] values, long... shape) {}

  /** Rows of a constant, by the input's ids; the product with each of some others after that. */
  OnnxFile gather(String output, Matrix table, List<Matrix> factors, long... shape) {
    String last = factors.isEmpty() ? output : output + "-rows";
    constant(output, table);
    node("Gather", output + "-constant " + input, last);
    for (int i = 0; i < factors.size(); i++) {
      String next = i == factors.size() - 1 ? output : output + "-" + i;
      product(last, next, factors.get(i));
      last = next;
    }
    bytes(graph, 12, valueInfo(output, FLOAT, shape));
    return this;
  }

  /** The input times a constant matrix. */
  OnnxFile multiply(String output, Matrix weights) {
    product(input, output, weights);
    bytes(graph, 12, valueInfo(output, FLOAT, -1, weights.shape()[1]));
    return this;
  }

  private void product(String left, String output, Matrix weights) {
    String right = output + "-factor";
    constant(right, weights);
    node("MatMul", left + " " + right + "-constant", output);
  }

  private void node(String operator, String inputs, String output) {
    ByteArrayOutputStream node = new ByteArrayOutputStream();
    for (String name : inputs.split(" ", -1)) {
      text(node, 1, name);
    }
    text(node, 2, output);
    text(node, 4, operator);
    bytes(graph, 1, node.toByteArray());
  }

  private void constant(String output, Matrix matrix) {
    ByteBuffer raw = ByteBuffer.allocate(4 * matrix.values().length);
    raw.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(matrix.values());
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    for (long length : matrix.shape()) {
      number(tensor, 1, length);
    }
    number(tensor, 2, FLOAT);
    text(tensor, 8, output + "-constant");
    bytes(tensor, 9, raw.array());
    bytes(graph, 5, tensor.toByteArray());
  }

  /** The file. */
  byte[] content() {
    ByteArrayOutputStream named = new ByteArrayOutputStream();
    named.writeBytes(graph.toByteArray());
    text(named, 2, "tiny");
    ByteArrayOutputStream operators = new ByteArrayOutputStream();
    text(operators, 1, "");
    number(operators, 2, 17);
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    number(model, 1, 8);
    bytes(model, 8, operators.toByteArray());
    bytes(model, 7, named.toByteArray());
    return model.toByteArray();
  }

  private static byte[] valueInfo(String name, int type, long... shape) {
    ByteArrayOutputStream dimensions = new ByteArrayOutputStream();
    for (long length : shape) {
      ByteArrayOutputStream dimension = new ByteArrayOutputStream();
      if (length >= 0) {
        number(dimension, 1, length);
      }
      bytes(dimensions, 1, dimension.toByteArray());
    }
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    number(tensor, 1, type);
    bytes(tensor, 2, dimensions.toByteArray());
    ByteArrayOutputStream typed = new ByteArrayOutputStream();
    bytes(typed, 1, tensor.toByteArray());
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    text(info, 1, name);
    bytes(info, 2, typed.toByteArray());
    return info.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, int field, String text) {
    bytes(out, field, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] bytes) {
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
