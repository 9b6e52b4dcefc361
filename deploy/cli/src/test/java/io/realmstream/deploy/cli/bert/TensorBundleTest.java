package io.realmstream.deploy.cli.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.cli.bert.TensorBundle.Tensor;
import io.realmstream.model.onnx.file.OnnxGraph;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two variables: a of 1, 2, 3 and b of 4 to 9 in two rows. */
class TensorBundleTest {
  private static final ByteBuffer A = floats(1, 2, 3);
  private static final ByteBuffer B = floats(4, 5, 6, 7, 8, 9);

  private final Path data;

  TensorBundleTest(@TempDir Path folder) throws IOException {
    this.data = folder.resolve("variables.data");
    ByteBuffer both = ByteBuffer.allocate(A.capacity() + B.capacity());
    both.put(A.duplicate()).put(B.duplicate()).flip();
    Files.write(data, TinyBert.array(both));
  }

  @Test
  void variablesAreReadWithTheirShapes() throws IOException {
    try (TensorBundle bundle = TensorBundle.open(index(), data)) {
      assertThat(bundle.names()).containsExactly("a", "b");
      Tensor b = bundle.tensor("b");
      assertThat(b.rows()).isEqualTo(2);
      assertThat(b.columns()).isEqualTo(3);
      float[] values = new float[6];
      b.values().asFloatBuffer().get(values);
      assertThat(values).containsExactly(4, 5, 6, 7, 8, 9);
    }
  }

  @Test
  void oneByteChangedIsNoticed() throws IOException {
    byte[] changed = Files.readAllBytes(data);
    changed[A.capacity() + 5] ^= 1;
    Files.write(data, changed);

    try (TensorBundle bundle = TensorBundle.open(index(), data)) {
      assertThat(bundle.tensor("a").shape()).containsExactly(3);
      assertThatThrownBy(() -> bundle.tensor("b"))
          .isInstanceOf(IOException.class)
          .hasMessage("variable b is damaged");
    }
  }

  @Test
  void variableBehindTheEndOfTheDataIsRefused() throws IOException {
    Files.write(data, TinyBert.array(A));

    try (TensorBundle bundle = TensorBundle.open(index(), data)) {
      assertThatThrownBy(() -> bundle.tensor("b")).hasMessage("variable b is cut off");
    }
  }

  @Test
  void variableThatIsNotThereIsNamed() throws IOException {
    try (TensorBundle bundle = TensorBundle.open(index(), data)) {
      assertThatThrownBy(() -> bundle.tensor("c")).hasMessage("no float32 variable is named c");
    }
  }

  @Test
  void indexThatIsNoneIsRefused() {
    assertThatThrownBy(() -> TensorBundle.open(new byte[7], data)).isInstanceOf(IOException.class);
  }

  private static byte[] index() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    entries.put("", new byte[0]);
    entries.put("a", TinyBert.entry(new long[] {3}, 0, A));
    entries.put("b", TinyBert.entry(new long[] {2, 3}, A.capacity(), B));
    return SavedTable.write(entries);
  }

  private static ByteBuffer floats(float... values) {
    ByteBuffer bytes = OnnxGraph.littleEndian(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }
}
