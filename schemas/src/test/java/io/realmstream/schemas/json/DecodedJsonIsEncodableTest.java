package io.realmstream.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever a codec decodes it encodes, and to the same: a record that came in can be passed on,
 * quoted, or put into a dead letter.
 */
class DecodedJsonIsEncodableTest {
  /** Bytes for a codec. */
  private record Received(JsonCodec<?> codec, byte[] json) {}

  @Property(tries = 12_000, seed = "12", edgeCases = EdgeCasesMode.NONE)
  void whatIsDecodedComesBack(@ForAll("hostile") Received received) {
    comesBack(received.codec(), received.json());
  }

  @Provide
  Arbitrary<Received> hostile() {
    List<Arbitrary<Received>> each = new ArrayList<>();
    for (JsonCodec<?> codec : Codecs.all()) {
      each.add(hostile(codec).map(json -> new Received(codec, json)));
    }
    return Arbitraries.oneOf(each);
  }

  private static <T> Arbitrary<byte[]> hostile(JsonCodec<T> codec) {
    Arbitrary<Long> seeds = Arbitraries.longs();
    return new RecordArbitraries(0.1)
        .of(codec)
        .map(codec::encode)
        .flatMap(json -> seeds.map(seed -> new HostileJson(new Random(seed)).of(json)));
  }

  private static <T> void comesBack(JsonCodec<T> codec, byte[] json) {
    boolean decoded = false;
    try {
      T record = codec.decode(json);
      decoded = true;
      byte[] again = codec.encode(record);
      assertThat(codec.decode(again)).isEqualTo(record);
      assertThat(codec.encode(codec.decode(again))).isEqualTo(again);
    } catch (BadRecordException e) {
      assertThat(decoded).as(new String(json, StandardCharsets.UTF_8)).isFalse();
    } catch (RuntimeException e) {
      throw new AssertionError(new String(json, StandardCharsets.UTF_8), e);
    }
    Statistics.label(codec.toString())
        .collect(decoded)
        .coverage(
            seen -> {
              seen.check(true).percentage(share -> share > 10);
              seen.check(false).percentage(share -> share > 10);
            });
  }
}
