package io.realmstream.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.vectors.PassageTrunk;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a vector is a projection of, as it travels. */
class PassageTrunkTest {
  @Test
  void aTrunkOutputTravelsBehindItsVector() throws BadRecordException {
    byte[] bytes = VectorMessageCodec.encode(VectorMessages.withTrunk(3f, -2f));
    assertThat(HexFormat.of().formatHex(bytes))
        .endsWith(
            ("08" + "0000803f")
                + ("02" + "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff" + "10" + "00004040" + "000000c0")
                + "00");
    PassageVectors read = (PassageVectors) VectorMessageCodec.decode(bytes);
    PassageTrunk trunk = Objects.requireNonNull(read.inserts().get(0).trunk());
    assertThat(trunk.digest()).isEqualTo(VectorMessages.CONTENT);
    assertThat(trunk.output()).containsExactly(3f, -2f);
  }

  @Test
  void aTrunkOutputThatIsNotFiniteIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VectorMessageCodec.encode(VectorMessages.withTrunk(Float.NaN)))
        .withMessage("vector: must be finite (is NaN)");
  }
}
