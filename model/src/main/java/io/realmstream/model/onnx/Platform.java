package io.realmstream.model.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.realmstream.schemas.Hash128;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the last bits of a model's outputs depend on: the kind of CPU and the version of ONNX
 * Runtime.
 *
 * <p>On Linux the kind is what /proc/cpuinfo says of makers, models and of the instructions that
 * kernels are chosen by, which a virtual machine may hide; elsewhere the architecture.
 */
public final class Platform {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Pattern KIND =
      Pattern.compile(
          "vendor_id|cpu family|model|model name|stepping"
              + "|CPU (implementer|architecture|variant|part|revision)");
  private static final Pattern FEATURES = Pattern.compile("flags|Features");
  private static final Pattern INSTRUCTIONS =
      Pattern.compile("avx.*|amx.*|fma.*|f16c|s?sse.*|asimd.*|neon|sve.*|sme.*|i8mm|bf16|fp.*");

  private static final int HERE = number(cpu(), OrtEnvironment.getEnvironment().getVersion());

  private Platform() {}

  /** The number of this machine's platform; never 0. */
  public static int here() {
    return HERE;
  }

  /** A hash, so that nobody keeps a table: two kinds share a number once in four billion pairs. */
  static int number(String cpu, String runtime) {
    int hash = (int) Hash128.ofTexts(cpu, runtime).high();
    return hash == 0 ? 1 : hash;
  }

  private static String cpu() {
    if (!Files.isReadable(CPU_INFO)) {
      return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }
    try {
      return kind(Files.readAllLines(CPU_INFO));
    } catch (IOException e) {
      throw new UncheckedIOException("/proc/cpuinfo cannot be read", e);
    }
  }

  /** What counts of those lines, of all processors, since some machines have two kinds. */
  static String kind(List<String> cpuInfo) {
    TreeSet<String> kinds = new TreeSet<>();
    for (String line : cpuInfo) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      if (KIND.matcher(name).matches()) {
        kinds.add(name + " " + value);
      } else if (FEATURES.matcher(name).matches()) {
        for (String feature : value.toLowerCase(Locale.ROOT).split("\\s+", -1)) {
          if (INSTRUCTIONS.matcher(feature).matches()) {
            kinds.add(feature);
          }
        }
      }
    }
    return String.join("\n", kinds);
  }
}
