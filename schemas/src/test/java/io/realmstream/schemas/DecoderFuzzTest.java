package io.realmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.realmstream.schemas.avro.VectorExamples;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.json.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes a decoder is given, it gives a record or a BadRecordException, and asks for memory
 * in proportion to the bytes: random bytes, valid messages changed, spliced and cut off.
 */
@Timeout(120) // against a decoder that never comes back
class DecoderFuzzTest {
  private static final long SEED = 47;
  private static final int TRIALS = 6_000;

  /** What a decode may ask for: parsers' own buffers, and so much a byte. */
  private static final long ALLOCATED_MAX = 1 << 20;

  private static final long ALLOCATED_PER_BYTE_MAX = 1_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Decodes, and encodes again what it decoded. */
  private interface Decoder {
    byte[] roundTrip(byte[] bytes) throws BadRecordException;
  }

  private record Target(Decoder decoder, List<byte[]> valid) {}

  static Stream<Named<Target>> decoders() {
    return Stream.concat(
        Codecs.all().stream().map(DecoderFuzzTest::json),
        Stream.of(
            Named.of(
                "passage-vectors",
                new Target(DecoderFuzzTest::vectors, VectorExamples.encoded()))));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void anyBytesAreARecordOrRefused(Target target) {
    assertThat(target.valid()).allSatisfy(bytes -> target.decoder().roundTrip(bytes));
    Random random = new Random(SEED);
    int refused = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      byte[] bytes = bytes(target.valid(), random, trial);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        String refusal = refusal(target.decoder(), bytes);
        if (refusal != null) {
          refused++;
          assertThat(refusal).isNotBlank().hasSizeLessThan(2_000);
        }
      } catch (RuntimeException | Error e) {
        String hex = HexFormat.of().formatHex(bytes);
        throw new AssertionError("seed " + SEED + ", trial " + trial + ": " + hex, e);
      }
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
          .as("bytes allocated for %d, seed %d, trial %d", bytes.length, SEED, trial)
          .isLessThan(ALLOCATED_MAX + bytes.length * ALLOCATED_PER_BYTE_MAX);
    }
    assertThat(refused).isBetween(TRIALS / 10, TRIALS);
  }

  /** Null = decoded, and then what was encoded of it comes back. */
  private static @Nullable String refusal(Decoder decoder, byte[] bytes) {
    byte[] once;
    try {
      once = decoder.roundTrip(bytes);
    } catch (BadRecordException e) {
      return String.valueOf(e.getMessage());
    }
    try {
      assertThat(decoder.roundTrip(once)).isEqualTo(once);
      return null;
    } catch (BadRecordException e) {
      throw new AssertionError("what was encoded is refused", e);
    }
  }

  private static byte[] bytes(List<byte[]> valid, Random random, int trial) {
    byte[] one = valid.get(random.nextInt(valid.size()));
    byte[] other = valid.get(random.nextInt(valid.size()));
    return switch (trial % 5) {
      case 0 -> noise(random, random.nextInt(200));
      case 1 -> Arrays.copyOf(one, random.nextInt(one.length));
      case 2 -> changed(one, random, 1 + random.nextInt(4));
      case 3 -> spliced(one, other, random);
      default -> changed(spliced(one, noise(random, 1 + random.nextInt(20)), random), random, 1);
    };
  }

  private static byte[] noise(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] changed(byte[] bytes, Random random, int changes) {
    byte[] changed = bytes.clone();
    for (int i = 0; i < changes && changed.length > 0; i++) {
      int at = random.nextInt(changed.length);
      changed[at] =
          random.nextBoolean()
              ? (byte) random.nextInt(256)
              : (byte) (changed[at] ^ (1 << random.nextInt(8)));
    }
    return changed;
  }

  /** The beginning of one, a piece of the other, and the rest of the one. */
  private static byte[] spliced(byte[] one, byte[] other, Random random) {
    int cut = random.nextInt(one.length + 1);
    int from = random.nextInt(other.length);
    int to = from + random.nextInt(other.length - from + 1);
    int rest = cut + random.nextInt(one.length - cut + 1);
    byte[] spliced = new byte[cut + to - from + one.length - rest];
    System.arraycopy(one, 0, spliced, 0, cut);
    System.arraycopy(other, from, spliced, cut, to - from);
    System.arraycopy(one, rest, spliced, cut + to - from, one.length - rest);
    return spliced;
  }

  private static byte[] vectors(byte[] bytes) throws BadRecordException {
    return VectorMessageCodec.encode(VectorMessageCodec.read(bytes));
  }

  private static <T> Named<Target> json(JsonCodec<T> codec) {
    List<byte[]> valid = new ArrayList<>();
    try (InputStream file =
        Codecs.class.getResourceAsStream("/io/realmstream/schemas/" + codec + ".schema.json")) {
      var tree = new ObjectMapper().readTree(file);
      tree.path("examples")
          .forEach(example -> valid.add(example.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Named.of(
        codec.toString(), new Target(bytes -> codec.encode(codec.decode(bytes)), valid));
  }
}
