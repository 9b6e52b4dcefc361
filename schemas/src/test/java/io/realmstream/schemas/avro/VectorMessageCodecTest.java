package io.realmstream.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import io.realmstream.schemas.vectors.ShardComplete;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorMessageCodecTest {
  /**
   * Marker and fingerprint of the schema. The fingerprint was computed apart from Avro, by the
   * algorithms in its specification. When it changes, records written before can only be read if
   * the schema as it was stays a resource and is listed in the codec.
   */
  static final String FINGERPRINT = "c3014e254ee7f1dc5d0e";

  /** And the fields in front of the message of a record that is not numbered. */
  private static final String HEADER = FINGERPRINT + "00" + "00" + "00";

  /** An int of 2^31 - 9 as Avro writes it: the longest array that a Java process may ask for. */
  private static final String HUGE = "eeffffff0f";

  @Test
  void theBytesAreThoseOfAvrosSpecification() {
    assertThat(hex(VectorMessageCodec.encode(new ShardComplete(7, 130))))
        .isEqualTo(HEADER + "04" + "0e" + "8402");
    Heartbeat beat =
        new Heartbeat(1, 0, 2, Instant.ofEpochMilli(1), 4, 16, List.of(5L, -1L), List.of());
    assertThat(hex(VectorMessageCodec.encode(beat)))
        .isEqualTo(
            HEADER
                + ("02" + "02" + "00" + "04" + "d00f" + "08" + "20")
                + ("04" + "0a" + "01" + "00" + "00"));
    assertThat(hex(VectorMessageCodec.encode(VectorMessages.document(1f, -2f))))
        .startsWith(
            HEADER + "00" + "0264" + "06" + "12" + "00".repeat(16) + "02" + "00" + "02" + "00")
        .endsWith(
            "02"
                + ("000102030405060708090a0b0c0d0e0f" + "00" + "0c" + "00")
                + "02"
                + "000102030405060708090a0b0c0d0e0f"
                + "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"
                + ("0c" + hex("A text".getBytes(StandardCharsets.UTF_8)))
                + ("10" + "0000803f" + "000000c0")
                + "00"
                + "00");
  }

  @Test
  void fractionsOfAMicrosecondAreCutTowardsThePast() throws BadRecordException {
    assertThat(through("2026-03-01T00:00:00.123456999Z")).isEqualTo("2026-03-01T00:00:00.123456Z");
    assertThat(through("1969-12-31T23:59:59.999999999Z")).isEqualTo("1969-12-31T23:59:59.999999Z");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aVectorThatIsNotFiniteIsRefusedBothWays(float entry) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VectorMessageCodec.encode(VectorMessages.document(1f, entry)))
        .withMessage("vector: must be finite (is " + entry + ")");
    byte[] bytes = VectorMessageCodec.encode(VectorMessages.document(1f, 2f));
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 6, entry);
    assertRefused(bytes, "message: vector: must be finite (is " + entry + ")");
  }

  @Test
  void anEmptyVectorIsRefusedBothWays() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VectorMessageCodec.encode(VectorMessages.document()));
    byte[] bytes = VectorMessageCodec.encode(VectorMessages.document(1f));
    byte[] without = Arrays.copyOf(bytes, bytes.length - 4);
    without[without.length - 3] = 0;
    without[without.length - 2] = 0;
    without[without.length - 1] = 0;
    assertRefused(without, "message: vector: must be 4 bytes an entry (is 0)");
  }

  @Test
  void aVectorHas4096EntriesAndNotOneMore() throws BadRecordException {
    byte[] longest = VectorMessageCodec.encode(VectorMessages.document(new float[4096]));
    assertThat(VectorMessageCodec.decode(longest)).isInstanceOf(PassageVectors.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VectorMessageCodec.encode(VectorMessages.document(new float[4097])))
        .withMessage("vector entries: must be at most 4096 (is 4097)");
  }

  @Test
  void aVectorOfHalfEntriesIsRefused() {
    byte[] bytes = VectorMessageCodec.encode(VectorMessages.document(1f));
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
    shorter[shorter.length - 6] = 6;
    shorter[shorter.length - 2] = 0;
    shorter[shorter.length - 1] = 0;
    assertRefused(shorter, "message: vector: must be 4 bytes an entry (is 3)");
  }

  @Test
  void anOutcomeThatIsNeverPublishedIsRefused() {
    PassageVectors stale = withOutcome(VectorMessages.document(1f), Outcome.STALE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VectorMessageCodec.encode(stale))
        .withMessage("outcome: never published: STALE");
  }

  @Test
  void aMessageCutOffAnywhereIsRefused() {
    byte[] bytes = VectorMessageCodec.encode(VectorMessages.document(1f, 2f));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> VectorMessageCodec.decode(cut))
          .as("cut to %d bytes", length)
          .isInstanceOf(BadRecordException.class);
    }
  }

  @Test
  void bytesBehindTheEndAreRefused() {
    assertRefused(bytes(HEADER + "04" + "0e" + "8402" + "00"), "message: bytes behind its end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c3", "c301", "7b7d", "c3020011223344556677"})
  void withoutItsHeaderItIsRefused(String hex) {
    assertRefused(bytes(hex), "message: must begin with C3 01 and a schema's fingerprint");
  }

  @Test
  void anUnknownFingerprintIsRefused() {
    assertRefused(
        bytes("c301" + "0807060504030201" + "040e8402"),
        "message: written with an unknown schema, fingerprint 102030405060708");
  }

  @Test
  void numbersOutsideTheirLimitsAreRefused() {
    assertRefused(bytes(HEADER + "04" + "0e" + "01"), "message: shard: must be at least 0 (is -1)");
    assertRefused(
        bytes(HEADER + "04" + "00" + "00"), "message: version: must be at least 1 (is 0)");
    assertRefused(
        bytes(HEADER + "02" + "02" + "04" + "04" + "00" + "00" + "00" + "00" + "00"),
        "message: subtask: must be at most 1 (is 2)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // a member of the union that is none
        "06",
        "01",
        // a document id of 2^31 - 9 bytes, and of -1
        "00" + HUGE,
        "00" + "01",
        // an int beyond its range
        "04" + "ffffffffffffffffff01" + "00"
      })
  void brokenStructureIsRefused(String body) {
    assertThatThrownBy(() -> VectorMessageCodec.decode(bytes(HEADER + body)))
        .isInstanceOf(BadRecordException.class)
        .hasMessageStartingWith("message: broken or cut off");
  }

  @Test
  void listsLongerThanTheirBytesAreRefusedBeforeTheyAreAllocated() {
    String encoded = hex(VectorMessageCodec.encode(withOutcome(empty(), Outcome.DELETED)));
    String head = encoded.substring(0, encoded.length() - 4);
    // as one block, and as a block that tells its size in bytes
    for (String list : List.of(HUGE + "00", "edffffff0f" + "00" + "00")) {
      assertThatThrownBy(() -> VectorMessageCodec.decode(bytes(head + list)))
          .isInstanceOf(BadRecordException.class);
    }
  }

  @Test
  void aTextThatIsNoUtf8IsRefused() {
    byte[] bytes = VectorMessageCodec.encode(VectorMessages.document(1f));
    bytes[bytes.length - 1 - 1 - 4 - 1 - 1] = (byte) 0xFF;
    assertRefused(bytes, "message: a text is no UTF-8 (Input length = 1)");
  }

  @Test
  void whateverByteIsChangedNothingButARefusalHappens() {
    byte[] bytes = VectorMessageCodec.encode(VectorMessages.document(1f, 2f));
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = bytes.clone();
      for (int j = 0; j <= i % 3; j++) {
        changed[10 + random.nextInt(bytes.length - 10)] = (byte) random.nextInt(256);
      }
      try {
        VectorMessageCodec.decode(changed);
      } catch (BadRecordException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1, 19_999);
  }

  private static PassageVectors empty() {
    PassageVectors full = VectorMessages.document(1f);
    return new PassageVectors(
        full.document(),
        0,
        1,
        new DocumentRevision(
            1,
            DocumentRevision.NO_EDIT,
            Outcome.ADDED,
            "",
            new EditTimes(
                null, full.revision().times().readAt(), full.revision().times().publishedAt()),
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        RecordPart.WHOLE,
        List.of(),
        List.of());
  }

  private static PassageVectors withOutcome(PassageVectors from, Outcome outcome) {
    return new PassageVectors(
        from.document(),
        from.shard(),
        from.version(),
        new DocumentRevision(
            from.revision().number(),
            from.revision().edit(),
            outcome,
            from.revision().title(),
            from.revision().times(),
            from.revision().removed(),
            VectorCounts.ofTruncated(from.revision().counts().truncated()),
            Provenance.NONE),
        new RecordPart(from.part().part(), from.part().parts()),
        from.manifest(),
        from.inserts());
  }

  private static String through(String time) throws BadRecordException {
    Heartbeat beat = new Heartbeat(1, 0, 1, Instant.parse(time), 1, 16, List.of(), List.of());
    return ((Heartbeat) VectorMessageCodec.decode(VectorMessageCodec.encode(beat)))
        .through()
        .toString();
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> VectorMessageCodec.decode(bytes))
        .isInstanceOf(BadRecordException.class)
        .hasMessage(message);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
