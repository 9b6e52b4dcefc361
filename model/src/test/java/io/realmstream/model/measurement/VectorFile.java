package io.realmstream.model.measurement;

import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.schemas.version.EncoderTower;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors of a tower in a file: the tower's digest (16 bytes), the dimension (4 bytes), then the
 * vectors' elements (4 bytes each), all big-endian.
 */
record VectorFile(Path file, EncoderTower tower) {

  /** Nothing when there is no file, or it is another tower's. */
  List<float[]> read() throws IOException {
    List<float[]> vectors = new ArrayList<>();
    if (Files.exists(file)) {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      byte[] digest = new byte[16];
      bytes.get(digest);
      int dimension = bytes.getInt();
      while (ByteBuffer.wrap(digest).equals(digest()) && bytes.hasRemaining()) {
        float[] vector = new float[dimension];
        bytes.asFloatBuffer().get(vector);
        bytes.position(bytes.position() + Float.BYTES * dimension);
        vectors.add(vector);
      }
    }
    return vectors;
  }

  void write(List<float[]> vectors) throws IOException {
    int dimension = vectors.get(0).length;
    ByteBuffer bytes = ByteBuffer.allocate(20 + Float.BYTES * dimension * vectors.size());
    bytes.put(digest()).putInt(dimension);
    for (float[] vector : vectors) {
      bytes.asFloatBuffer().put(vector);
      bytes.position(bytes.position() + Float.BYTES * dimension);
    }
    Files.write(file, bytes.array());
  }

  private ByteBuffer digest() {
    return ByteBuffer.wrap(TowerDigest.of(tower).toBytes());
  }
}
