package io.realmstream.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardPosition;
import io.realmstream.schemas.vectors.VectorRecord;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class VectorRecordTest {
  @Property(tries = 200, seed = "7")
  void recordsComeBack(@ForAll("records") VectorRecord record) throws BadRecordException {
    byte[] bytes = VectorMessageCodec.encode(record);
    VectorRecord decoded = VectorMessageCodec.read(bytes);
    assertThat(decoded).usingRecursiveComparison().isEqualTo(record);
    assertThat(VectorMessageCodec.encode(decoded)).isEqualTo(bytes);
  }

  @Provide
  Arbitrary<VectorRecord> records() {
    return VectorMessages.anyRecord();
  }

  @Test
  void theNumberStandsInFrontOfTheMessage() {
    VectorRecord record =
        new VectorRecord(
            new ShardComplete(7, 130),
            new ShardPosition(130, 1, 2),
            new ShardPosition(130, -1, 3),
            true);
    assertThat(VectorMessageCodecTest.hex(VectorMessageCodec.encode(record)))
        .isEqualTo(
            VectorMessageCodecTest.FINGERPRINT
                + ("02" + "8402" + "02" + "04")
                + ("02" + "8402" + "01" + "06")
                + "01"
                + ("04" + "0e" + "8402"));
  }
}
