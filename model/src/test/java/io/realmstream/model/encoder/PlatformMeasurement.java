package io.realmstream.model.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.onnx.Platform;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far apart two platforms' trunk outputs of the same passages are, as {@link
 * TrunkOutput#agreesWith} measures it. Run {@code write} on each, then {@code compare} anywhere;
 * the class path is that of the tests and the default models, and {@code PASSAGES} has a JSON
 * object with {@code title} and {@code text} a line.
 *
 * <pre>
 * java -cp ... io.realmstream.model.encoder.PlatformMeasurement write CHECKPOINT PASSAGES COUNT MODELS OUT
 * java -cp ... io.realmstream.model.encoder.PlatformMeasurement compare OUT OTHER
 * </pre>
 *
 * <p>Another CPU can be had from QEMU: {@code qemu-x86_64 -cpu Nehalem java -cp ...}.
 */
public final class PlatformMeasurement {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlatformMeasurement() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("write")) {
      write(arguments);
    } else {
      compare(read(Path.of(arguments[1])), read(Path.of(arguments[2])));
    }
  }

  private static void write(String[] arguments) throws Exception {
    List<String> passages = Files.readAllLines(Path.of(arguments[2]));
    int count = Integer.parseInt(arguments[3]);
    PartCache cache =
        new PartCache(
            Path.of(arguments[4]), PartOpener.local(PlatformMeasurement.class.getClassLoader()));
    try (Encoder encoder =
            Encoder.open(DefaultCheckpoints.named(arguments[1]).documentTower(), cache);
        DataOutputStream out = new DataOutputStream(Files.newOutputStream(Path.of(arguments[5])))) {
      out.writeInt(count);
      for (int i = 0; i < count; i++) {
        // from all over the file
        JsonNode passage = JSON.readTree(passages.get(i * (passages.size() / count)));
        float[] pooled =
            encoder
                .trunkOfPassage(passage.path("title").asText(), passage.path("text").asText())
                .pooled();
        out.writeInt(pooled.length);
        for (float element : pooled) {
          out.writeFloat(element);
        }
      }
    }
    System.out.printf("platform %08x%n", Platform.here());
  }

  private static List<float[]> read(Path file) throws IOException {
    List<float[]> outputs = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        float[] pooled = new float[in.readInt()];
        for (int j = 0; j < pooled.length; j++) {
          pooled[j] = in.readFloat();
        }
        outputs.add(pooled);
      }
    }
    return outputs;
  }

  private static void compare(List<float[]> here, List<float[]> there) {
    double[] apart = new double[here.size()];
    double nearest = Double.MAX_VALUE;
    int equal = 0;
    for (int i = 0; i < apart.length; i++) {
      equal += Arrays.equals(here.get(i), there.get(i)) ? 1 : 0;
      apart[i] = TrunkOutput.relativeDistance(here.get(i), there.get(i));
      for (int j = 0; j < apart.length; j++) {
        if (i != j) {
          double other = TrunkOutput.relativeDistance(here.get(i), there.get(j));
          nearest = Math.min(nearest, other);
        }
      }
    }
    Arrays.sort(apart);
    System.out.printf(
        "%d passages, %d equal in every bit; apart by %.2g (median), %.2g (99 %%), %.2g (most);"
            + " the nearest of two passages are %.2g apart%n",
        apart.length,
        equal,
        apart[apart.length / 2],
        apart[(int) (apart.length * 0.99)],
        apart[apart.length - 1],
        nearest);
  }
}
