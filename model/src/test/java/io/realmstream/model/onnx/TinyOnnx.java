package io.realmstream.model.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes ONNX files small enough to know their outputs by hand. The numbers are the field numbers
 * of ONNX's protocol buffers (onnx.proto3).
 */
public final class TinyOnnx {
  public static final int FLOAT = 1;
  public static final int INT64 = 7;

  private final ByteArrayOutputStream graph = new ByteArrayOutputStream();

  /** A graph input; a negative dimension is dynamic. */
  public TinyOnnx input(String name, int type, long... shape) {
    message(graph, 11, valueInfo(name, type, shape));
    return this;
  }

  public TinyOnnx output(String name, int type, long... shape) {
    message(graph, 12, valueInfo(name, type, shape));
    return this;
  }

  /** A node without attributes; inputs and outputs are names with spaces between. */
  public TinyOnnx node(String operator, String inputs, String outputs) {
    message(graph, 1, node(operator, inputs, outputs, new byte[0]));
    return this;
  }

  /** Converts to float. */
  public TinyOnnx toFloat(String input, String output) {
    ByteArrayOutputStream attribute = new ByteArrayOutputStream();
    text(attribute, 1, "to");
    number(attribute, 3, FLOAT);
    number(attribute, 20, 2);
    message(graph, 1, node("Cast", input, output, attribute.toByteArray()));
    return this;
  }

  public TinyOnnx constant(String name, float[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    ByteArrayOutputStream tensor = tensor(name, FLOAT, shape);
    message(tensor, 9, raw.array());
    message(graph, 5, tensor.toByteArray());
    return this;
  }

  /** A scalar. */
  public TinyOnnx constant(String name, long value) {
    ByteBuffer raw = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
    ByteArrayOutputStream tensor = tensor(name, INT64);
    message(tensor, 9, raw.array());
    message(graph, 5, tensor.toByteArray());
    return this;
  }

  /** A list of whole numbers. */
  public TinyOnnx integers(String name, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    ByteArrayOutputStream tensor = tensor(name, INT64, values.length);
    message(tensor, 9, raw.array());
    message(graph, 5, tensor.toByteArray());
    return this;
  }

  /** A float constant whose values are in another file. */
  public TinyOnnx external(String name, String location, long... shape) {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    text(entry, 1, "location");
    text(entry, 2, location);
    ByteArrayOutputStream tensor = tensor(name, FLOAT, shape);
    message(tensor, 13, entry.toByteArray());
    number(tensor, 14, 1);
    message(graph, 5, tensor.toByteArray());
    return this;
  }

  /** The file. */
  public byte[] bytes() {
    ByteArrayOutputStream named = new ByteArrayOutputStream();
    text(named, 2, "tiny");
    named.writeBytes(graph.toByteArray());
    ByteArrayOutputStream operators = new ByteArrayOutputStream();
    text(operators, 1, "");
    number(operators, 2, 17);
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    number(model, 1, 8);
    message(model, 8, operators.toByteArray());
    message(model, 7, named.toByteArray());
    return model.toByteArray();
  }

  private static byte[] node(String operator, String inputs, String outputs, byte[] attribute) {
    ByteArrayOutputStream node = new ByteArrayOutputStream();
    for (String input : inputs.split(" ", -1)) {
      text(node, 1, input);
    }
    for (String output : outputs.split(" ", -1)) {
      text(node, 2, output);
    }
    text(node, 4, operator);
    if (attribute.length > 0) {
      message(node, 5, attribute);
    }
    return node.toByteArray();
  }

  private static byte[] valueInfo(String name, int type, long[] shape) {
    ByteArrayOutputStream dimensions = new ByteArrayOutputStream();
    for (long length : shape) {
      ByteArrayOutputStream dimension = new ByteArrayOutputStream();
      if (length >= 0) {
        number(dimension, 1, length);
      }
      message(dimensions, 1, dimension.toByteArray());
    }
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    number(tensor, 1, type);
    message(tensor, 2, dimensions.toByteArray());
    ByteArrayOutputStream typed = new ByteArrayOutputStream();
    message(typed, 1, tensor.toByteArray());
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    text(info, 1, name);
    message(info, 2, typed.toByteArray());
    return info.toByteArray();
  }

  private static ByteArrayOutputStream tensor(String name, int type, long... shape) {
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    for (long length : shape) {
      number(tensor, 1, length);
    }
    number(tensor, 2, type);
    text(tensor, 8, name);
    return tensor;
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
