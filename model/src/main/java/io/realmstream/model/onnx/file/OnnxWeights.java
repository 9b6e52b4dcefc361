package io.realmstream.model.onnx.file;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The float weights of an ONNX file, by name. Others of the same shapes can be put in their place
 * in the same graph.
 */
public final class OnnxWeights {
  private final ModelProto model;
  private final Map<String, TensorProto> tensors = new TreeMap<>();

  private OnnxWeights(ModelProto model) {
    this.model = model;
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      if (tensor.getDataType() == OnnxGraph.FLOAT) {
        tensors.put(tensor.getName(), tensor);
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it is no ONNX file, or keeps its weights in other files
   */
  public static OnnxWeights read(Path file) throws IOException {
    OnnxWeights weights;
    try {
      weights = new OnnxWeights(ModelProto.parseFrom(Files.readAllBytes(file)));
    } catch (InvalidProtocolBufferException e) {
      throw new IOException(file + " is no ONNX file: " + e.getMessage(), e);
    }
    if (weights.tensors.isEmpty()) {
      throw new IOException(file + " has no float weights");
    }
    if (weights.tensors.values().stream().anyMatch(each -> each.getExternalDataCount() > 0)) {
      throw new IOException(file + " keeps its weights in other files");
    }
    return weights;
  }

  public Set<String> names() {
    return new TreeSet<>(tensors.keySet());
  }

  /** The sizes of a weight's dimensions. */
  public long[] shape(String name) {
    return tensor(name).getDimsList().stream().mapToLong(Long::longValue).toArray();
  }

  /** A weight's elements, the last dimension the fastest. */
  public float[] values(String name) {
    TensorProto tensor = tensor(name);
    if (tensor.getRawData().isEmpty()) {
      float[] values = new float[tensor.getFloatDataCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = tensor.getFloatData(i);
      }
      return values;
    }
    ByteBuffer bytes = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  /** Name of the matrix W in x W + bias; null = the graph has no such sum. */
  public @Nullable String matrixOf(String bias) {
    for (NodeProto sum : model.getGraph().getNodeList()) {
      if (sum.getOpType().equals("Add") && sum.getInputList().contains(bias)) {
        for (NodeProto product : model.getGraph().getNodeList()) {
          if (isProduct(product) && sum.getInputList().contains(product.getOutput(0))) {
            return product.getInput(1);
          }
        }
      }
    }
    return null;
  }

  /**
   * The same graph with other weights.
   *
   * @param others by name; those that are not named stay
   * @throws IllegalArgumentException if a weight has another number of elements
   */
  public OnnxWeights with(Map<String, float[]> others) {
    ModelProto.Builder changed = model.toBuilder();
    for (TensorProto.Builder tensor : changed.getGraphBuilder().getInitializerBuilderList()) {
      float[] values = others.get(tensor.getName());
      if (values != null) {
        if (values.length != values(tensor.getName()).length) {
          throw new IllegalArgumentException(
              "%d elements for %s".formatted(values.length, tensor.getName()));
        }
        ByteBuffer bytes = OnnxGraph.littleEndian(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        tensor.clearFloatData().setRawData(UnsafeByteOperations.unsafeWrap(bytes));
      }
    }
    return new OnnxWeights(changed.build());
  }

  /** Writes the file. */
  public void write(Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      model.writeTo(out);
    }
  }

  /** Writes the file with each product of a float matrix in int8; all else stays float. */
  public void writeInt8(Path file) throws IOException {
    ModelProto.Builder changed = model.toBuilder();
    changed.getGraphBuilder().clearNode().clearInitializer();
    OnnxGraph graph = new OnnxGraph(changed);
    Set<String> replaced = new TreeSet<>();
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (isProduct(node)) {
        String matrix = node.getInput(1);
        replaced.add(matrix);
        Quantized weights = Quantized.of(values(matrix), Math.toIntExact(shape(matrix)[1]));
        graph.int8Product(node.getInput(0), node.getOutput(0), weights);
      } else {
        graph.node(node);
      }
    }
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      if (!replaced.contains(tensor.getName())) {
        changed.getGraphBuilder().addInitializer(tensor);
      }
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      graph.write(model.getGraph().getName(), out);
    }
  }

  private boolean isProduct(NodeProto node) {
    return node.getOpType().equals("MatMul")
        && tensors.containsKey(node.getInput(1))
        && shape(node.getInput(1)).length == 2;
  }

  private TensorProto tensor(String name) {
    TensorProto tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no float weight is named " + name);
    }
    return tensor;
  }
}
