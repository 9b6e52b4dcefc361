package io.realmstream.model.onnx.file;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An ONNX graph in the making. Values are known by their names: each node and each constant gives
 * the name of what it makes, for the next one to take.
 */
public final class OnnxGraph {
  public static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;
  public static final int INT8 = TensorProto.DataType.INT8_VALUE;
  public static final int INT64 = TensorProto.DataType.INT64_VALUE;

  /** A size that may differ from run to run. */
  public static final int ANY = -1;

  private static final int IR_VERSION = 8;
  private static final int OPERATORS_VERSION = 17;

  private final ModelProto.Builder model;
  private final GraphProto.Builder graph;
  private final Set<String> constants = new HashSet<>();
  private final Set<String> quantizedInputs = new HashSet<>();

  public OnnxGraph() {
    this(
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("realmstream")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATORS_VERSION)));
  }

  /** Goes on with a model. */
  OnnxGraph(ModelProto.Builder model) {
    this.model = model;
    this.graph = model.getGraphBuilder();
  }

  /** An attribute of a node. */
  public static AttributeProto attribute(String name, int value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** An attribute of a node. */
  public static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  /** An attribute of a node. */
  public static AttributeProto attribute(String name, List<Long> values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(values)
        .build();
  }

  /** Adds a node of one output. Names of nodes must differ, or ONNX Runtime mixes them up. */
  public String node(
      String operator, String output, List<String> inputs, AttributeProto... attributes) {
    nodes(operator, List.of(output), inputs, attributes);
    return output;
  }

  /** Adds a node of several outputs. */
  public void nodes(
      String operator, List<String> outputs, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(operator + "/" + outputs.get(0))
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
  }

  /** Adds a node of a model that was read. */
  void node(NodeProto node) {
    graph.addNode(node);
  }

  /**
   * Adds x W in int8. The input is quantized as it comes, once for all its products.
   *
   * @param output name of the product, in float
   */
  public String int8Product(String input, String output, Quantized weights) {
    if (quantizedInputs.add(input)) {
      nodes(
          "DynamicQuantizeLinear",
          List.of(input + "/int8", input + "/scale", input + "/zero"),
          List.of(input));
    }
    int columns = weights.columns();
    String values = constant(output + "/weights", INT8, weights.values(), weights.rows(), columns);
    String zeros = constant(output + "/zeros", INT8, littleEndian(columns), columns);
    String scales = constant(output + "/scales", FLOAT, weights.scales(), columns);
    String product =
        node(
            "MatMulInteger",
            output + "/int32",
            List.of(input + "/int8", values, input + "/zero", zeros));
    String floats = node("Cast", output + "/float", List.of(product), attribute("to", FLOAT));
    String scale = node("Mul", output + "/scale", List.of(input + "/scale", scales));
    return node("Mul", output, List.of(floats, scale));
  }

  /** Adds a constant, once a name; the bytes are not copied. */
  public String constant(String name, int type, ByteBuffer bytes, long... shape) {
    if (constants.add(name)) {
      TensorProto.Builder tensor =
          TensorProto.newBuilder()
              .setName(name)
              .setDataType(type)
              .setRawData(UnsafeByteOperations.unsafeWrap(bytes));
      for (long size : shape) {
        tensor.addDims(size);
      }
      graph.addInitializer(tensor);
    }
    return name;
  }

  /** Adds a constant tensor of floats, row after row. */
  public String floats(String name, float[] values, long... shape) {
    ByteBuffer bytes = littleEndian(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return constant(name, FLOAT, bytes, shape);
  }

  /** Adds a constant number. */
  public String number(String name, float value) {
    return constant(name, FLOAT, littleEndian(Float.BYTES).putFloat(0, value));
  }

  /** Adds a constant whole number. */
  public String integer(String name, long value) {
    return constant(name, INT64, littleEndian(Long.BYTES).putLong(0, value));
  }

  /** Adds a constant list of whole numbers. */
  public String integers(String name, long... values) {
    ByteBuffer bytes = littleEndian(Long.BYTES * values.length);
    bytes.asLongBuffer().put(values);
    return constant(name, INT64, bytes, values.length);
  }

  public static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Adds an input of the model.
   *
   * @param shape numbers, or {@link #ANY} or names for sizes that differ from run to run
   */
  public void input(String name, int type, Object... shape) {
    graph.addInput(value(name, type, shape));
  }

  /** Adds an output of the model; the shape as for an {@link #input}. */
  public void output(String name, int type, Object... shape) {
    graph.addOutput(value(name, type, shape));
  }

  private static ValueInfoProto value(String name, int type, Object... shape) {
    TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
    for (Object size : shape) {
      TensorShapeProto.Dimension.Builder dimension = sizes.addDimBuilder();
      if (size instanceof String symbol) {
        dimension.setDimParam(symbol);
      } else if (!size.equals(ANY)) {
        dimension.setDimValue(((Number) size).longValue());
      }
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(type).setShape(sizes);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** Writes the model; constants stream from where they are. */
  public void write(String name, OutputStream out) throws IOException {
    model(name).writeTo(out);
  }

  /** The file of a model that is small. */
  public byte[] bytes(String name) {
    return model(name).toByteArray();
  }

  private ModelProto model(String name) {
    graph.setName(name);
    return model.build();
  }
}
